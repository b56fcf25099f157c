import ClawdTalkAPI
import Foundation
import Transport
import Wire

/// The rows about the service: reachable, the key, the clock.
struct ServiceCheck {
    let configuration: SkillConfiguration
    let bridge: StatusReport?
    let network: Network

    private static let tolerableSkew = 30.0

    func rows() async -> [DoctorReport.Row] {
        if let bridge, bridge.connected {
            return [
                .ok("service", "the running bridge is connected to \(bridge.server ?? "it")"),
                .ok("key", "accepted"), .skipped("clock", "not asked: the bridge is connected"),
            ]
        }
        let request = HTTPRequest(
            method: "GET", url: configuration.restURL + "/approvals?status=pending",
            fields: HTTPFields([
                ("Authorization", "Bearer \(configuration.apiKey)"), ("Accept", "application/json"),
            ]))
        switch await network.service(request) {
        case .nothing(let why):
            return [
                .failed("service", "\(configuration.restURL): \(why)", cure: "Check the network and server.")
            ]
                + ["key", "clock"].map { .skipped($0, "the service does not answer") }
        case .response(let response):
            return [
                .ok("service", "\(configuration.restURL) answers"), keyRow(response.status),
                clockRow(response),
            ]
        }
    }

    private func keyRow(_ status: Int) -> DoctorReport.Row {
        guard !configuration.apiKey.isEmpty else { return .skipped("key", "there is none") }
        switch status {
        case 200...299: return .ok("key", "accepted")
        case 401, 403: return Self.refusedKey
        case 429:
            return .warning("key", "not known: the service asks for patience (429)", cure: "Try again later.")
        default:
            return .failed(
                "key", "not known: the service answered \(status)",
                cure: "Check server; or ask with --connect.")
        }
    }

    private func keyRow(_ refusal: LoginRefusal?) -> DoctorReport.Row {
        guard let refusal else { return .ok("key", "accepted") }
        guard refusal.isServiceTrouble else { return Self.refusedKey }
        return .warning(
            "key", "not known: the service says \"\(refusal.logText(withoutKey: configuration.apiKey))\"",
            cure: "Try again later.")
    }

    private static let refusedKey = DoctorReport.Row.failed(
        "key", "the service refuses it", cure: "Copy it from the dashboard at clawdtalk.com again.")

    private func clockRow(_ response: HTTPResponse) -> DoctorReport.Row {
        guard let date = response.head.fields["Date"].flatMap(HTTPDate.date) else {
            return .skipped("clock", "the service told no time")
        }
        let skew = Date.now.timeIntervalSince(date)
        let detail = "\(Int(abs(skew).rounded())) s \(skew < 0 ? "behind" : "ahead of") the service"
        guard abs(skew) > Self.tolerableSkew else { return .ok("clock", detail) }
        return .warning("clock", detail, cure: "Set it: timedatectl set-ntp true")
    }

    // MARK: with --connect

    /// Logs in as the bridge does; another client with this key is thrown out by that.
    func loginRows() async -> [DoctorReport.Row] {
        let clock = DoctorReport.Row.skipped("clock", "not asked: --connect")
        do {
            let refusal = try await login()
            return [
                .ok("service", "\(configuration.socketURL) takes connections"), keyRow(refusal), clock,
            ]
        } catch {
            let why =
                (error as? TransportFailure)?.summary ?? (error as? WebSocketEnding)?.summary ?? "\(error)"
            return [
                .failed(
                    "service", "\(configuration.socketURL): \(why)", cure: "Check the network and server."),
                .skipped("key", "the service does not answer"), clock,
            ]
        }
    }

    /// - Returns: why the login was not accepted; nil when it was.
    private func login() async throws -> LoginRefusal? {
        let client = try await WebSocketClient.connect(
            to: configuration.socketURL, on: network.loop, route: ServiceRoute.proxy)
        // A service that is silent must not hold the doctor up: its end of the line is closed in time.
        let watchdog = Task {
            try await Task.sleep(for: Network.limit)
            await client.close()
        }
        defer { watchdog.cancel() }
        let hello = ClientMessage.authenticate(
            apiKey: configuration.apiKey, ownerName: configuration.ownerName,
            agentName: configuration.agentName)
        try await client.send(.text(hello.encoded))
        for try await message in client.messages {
            switch try? ServerEvent(parsing: message.bytes) {
            case .authenticated?:
                await client.close()
                return nil
            case .authenticationFailed(let message)?: return LoginRefusal(message: message)
            default: continue
            }
        }
        throw TransportFailure.ended(.read)
    }
}
