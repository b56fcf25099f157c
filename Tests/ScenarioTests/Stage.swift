import Foundation
import Simulator
import Transport

/// A stand-in service and gateway, and the real bridge between them.
struct Stage {
    let service: SimulatedService
    let gateway: SimulatedGateway
    let home: URL
    let environment: [String: String]
    private let loop: StageLoop

    /// Ends its thread with the last stage that uses it.
    final class StageLoop: Sendable {
        let loop: EventLoop

        init() throws { loop = try EventLoop(name: "stand-ins") }
        deinit { loop.stop() }
    }

    init(
        persona: Persona = .waited, isSecure: Bool = false, apiKey: String? = nil,
        agentTime: Duration = .milliseconds(400), clockOffset: Double = 0,
        approvals: ApprovalManner = .noDevice,
        answer: @escaping @Sendable (String) -> String = { _ in "The answer is **forty-two**." },
        sendFault: @escaping @Sendable (_ number: Int) -> SendFault? = { _ in nil },
        adjust: (inout [String: Any]) -> Void = { _ in }
    ) async throws {
        self.loop = try StageLoop()
        let loop = self.loop.loop
        var serviceOptions = SimulatedService.Options()
        (serviceOptions.isSecure, serviceOptions.apiKey) = (isSecure, apiKey)
        (serviceOptions.clockOffset, serviceOptions.approvals) = (clockOffset, approvals)
        serviceOptions.sendFault = sendFault
        service = try await SimulatedService.start(on: loop, options: serviceOptions)
        var gatewayOptions = SimulatedGateway.Options()
        (gatewayOptions.persona, gatewayOptions.agentTime, gatewayOptions.answer) = (
            persona, agentTime, answer
        )
        gateway = try await SimulatedGateway.start(on: loop, options: gatewayOptions)
        var config: [String: Any] = [
            "api_key": "cc_test", "server": service.url, "gateway_url": gateway.url,
            "gateway_token": "demo-token",
            "owner_name": "Ana", "reports": ["after_seconds": 1],
        ]
        if persona.wantsChat { config["agent_link"] = "chat" }
        adjust(&config)
        home = try BridgeProcess.makeHome(config)
        let trust = home.appending(path: "trust.pem")
        try service.certificatePEM.write(to: trust, atomically: true, encoding: .utf8)
        environment = ["SSL_CERT_FILE": trust.path]
    }

    func run(_ arguments: [String] = ["run"], environment more: [String: String] = [:]) throws
        -> BridgeProcess
    {
        try BridgeProcess(
            arguments, home: home, environment: environment.merging(more) { $1 },
            peers: [service, gateway])
    }

    /// Whether the client logged in, for the given time.
    func login(_ number: Int = 1, within limit: Duration = .seconds(40)) async -> Bool {
        await service.journal.first(
            within: limit,
            in: { entries in
                let logins = entries.filter { if case .authenticated = $0 { true } else { false } }
                return logins.count >= number ? logins.last : nil
            }) != nil
    }

    func ask(_ id: String, _ query: String = "What?", call: String = "c1") async {
        await service.sendEvent("deep_tool_request", ["call_id": call, "request_id": id, "query": query])
    }

    /// The first result of a request.
    func result(_ id: String, within limit: Duration = .seconds(60)) async -> String? {
        await service.journal.first(within: limit) {
            $0.frame?.type == "deep_tool_result" && $0.frame?.request_id == id
        }?
        .frame?.text
    }

    func results(_ id: String) -> [String] {
        service.journal.entries.compactMap(\.frame)
            .filter { $0.type == "deep_tool_result" && $0.request_id == id }.compactMap(\.text)
    }

    /// What is heard in a call, of one kind, in order.
    func texts(_ type: String, call: String = "c1") -> [String] {
        service.journal.entries.compactMap(\.frame).filter { $0.type == type && $0.call_id == call }
            .compactMap(\.text)
    }

    /// Whether a frame comes that is like this.
    func hears(
        within limit: Duration = .seconds(40), _ matches: @escaping @Sendable (ClientFrame) -> Bool
    ) async -> Bool {
        await service.journal.first(within: limit) { $0.frame.map(matches) ?? false } != nil
    }
}
