import Agent
import ClawdTalkAPI
import Foundation
import Logging
import Missions
import Transport

extension Autopilot {
    /// The autopilot of a CLAWDTALK_HOME, with its own connections on a loop.
    /// - Parameters:
    ///   - lanes: of the bridge in this process; nil where there is none.
    ///   - log: told each event in a line.
    static func make(
        _ settings: CommandSettings, on loop: EventLoop, requestTimeout: Duration = .seconds(30),
        lanes: LoopBound<Lanes>? = nil,
        log: @escaping @Sendable (String) -> Void
    ) async throws -> Autopilot {
        let configuration = try settings.load()
        let client = ServiceClient(
            rest: ServiceREST(baseURL: configuration.restURL, apiKey: configuration.apiKey),
            over: try await ServiceTransport(on: loop), deadline: requestTimeout)
        var quiet = Logger(label: "clawdtalk") { _ in SwiftLogNoOpLogHandler() }
        quiet.logLevel = .critical
        let home = settings.home
        return Autopilot(
            file: MissionsHome.file(home), client: client,
            ports: Ports(
                clock: { Date.now }, draw: { Int.random(in: $0) },
                teller: AgentTeller(settings: settings, loop: loop, lanes: lanes, log: quiet),
                writeReport: { try MissionReportFile.write($1, of: $0, in: home) }, log: log))
    }
}
