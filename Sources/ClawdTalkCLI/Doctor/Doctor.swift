import ClawdTalkAPI
import Foundation
import OpenClaw

/// Looks at everything between a caller and the agent.
struct Doctor {
    let settings: CommandSettings
    var isOffline = false
    /// Also log in at the service as the bridge would.
    var connects = false

    /// Network rows run at once, with three seconds each.
    func examine() async throws -> DoctorReport {
        let bridge = ControlClient(settings.home).status()
        let openClaw = Result { () throws(ConfigurationFault) in try settings.openClawConfiguration() }
        let configuration: SkillConfiguration
        let first: [DoctorReport.Row]
        do throws(ConfigurationError) {
            configuration = try settings.load()
            first = ConfigurationCheck(settings: settings).rows(configuration)
        } catch {
            first = [.failed("configuration", "\(error.place): \(error.problem)", cure: error.cure)]
            guard let partial = try? settingsWithoutKey.load() else {
                return DoctorReport(first + [machineRow()])
            }
            configuration = partial
        }
        let gateway = GatewayCheck(
            settings: settings, configuration: configuration, openClaw: openClaw, bridge: bridge)
        let rows = first + gateway.fileRows
        guard !isOffline else {
            let skipped = [
                "gateway", "token", "sessions_send", "sessions_history", "service", "key", "clock",
            ]
            return DoctorReport(
                rows + skipped.map { .skipped($0, "not asked: --offline") } + [
                    gateway.formRow(), gateway.conversationRow(), machineRow(), bridgeRow(bridge),
                ])
        }
        let network = try await Network(gatewayTrust: GatewayTrust.make(configuration, settings))
        let service = ServiceCheck(configuration: configuration, bridge: bridge, network: network)
        async let gatewayRows = gateway.networkRows(network)
        let logsIn = connects && !configuration.apiKey.isEmpty
        async let serviceRows = logsIn ? service.loginRows() : service.rows()
        return await DoctorReport(
            rows + gatewayRows + [gateway.formRow(), gateway.conversationRow()] + serviceRows
                + [machineRow(), bridgeRow(bridge)])
    }

    private var settingsWithoutKey: CommandSettings {
        var settings = settings
        settings.toleratesMissingKey = true
        return settings
    }

    private func machineRow() -> DoctorReport.Row {
        let others = OtherClient.running()
        guard let first = others.first else { return .ok("other client", "none is running here") }
        return .failed(
            "other client", "\(first.line); two clients with one key throw each other out",
            cure: "Stop it: kill \(first.pid)")
    }

    private func bridgeRow(_ bridge: StatusReport?) -> DoctorReport.Row {
        guard let bridge, let pid = bridge.pid else {
            return .warning(
                "bridge", "not running; calls are answered while it runs",
                cure: "Start it: \(settings.home.command) start")
        }
        if bridge.connected { return .ok("bridge", "connected (process \(pid))") }
        return .failed(
            "bridge", "running (process \(pid)), but \(bridge.state)",
            cure: "See why: tail \(settings.home.logPath)")
    }
}
