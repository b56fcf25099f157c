import Foundation
import Simulator
import TestSupport
import Transport

/// A stand-in service and gateway in this process, a cable, a small disk, and the real bridge between them all.
final class ChaosStage: Sendable {
    let service: SimulatedService
    let gateway: SimulatedGateway
    let cable: NetworkCable
    let disk: StateDisk
    let keeper: BridgeKeeper
    let traffic: Traffic
    let tally = Tally()
    private let plan: ChaosPlan
    private let loop: EventLoop

    static let apiKey = "cc_chaos_long_secret_key"
    static let token = "chaos-token"

    private var configurationFile: URL { disk.folder.appending(path: "skill-config.json") }

    init(program: String, seed: UInt64, plan: ChaosPlan) async throws {
        self.plan = plan
        loop = try EventLoop(name: "stand-ins")
        var serviceOptions = SimulatedService.Options()
        (serviceOptions.isSecure, serviceOptions.apiKey) = (false, Self.apiKey)
        serviceOptions.sendFault = { Self.fault(ofRequest: $0 + Int(seed % 23)) }
        serviceOptions.acceptsDeflate = plan.usesDeflate
        service = try await SimulatedService.start(on: loop, options: serviceOptions)
        cable = try await NetworkCable(to: service.port)
        var gatewayOptions = SimulatedGateway.Options()
        (gatewayOptions.agentTime, gatewayOptions.token) = (plan.agentTime, Self.token)
        gatewayOptions.persona = plan.persona
        gatewayOptions.answer = { Question.answer(to: $0) }
        gateway = try await SimulatedGateway.start(on: loop, options: gatewayOptions)
        let home = FileManager.default.temporaryDirectory.appending(
            path: "ct chaos \(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        disk = StateDisk(at: home)
        keeper = BridgeKeeper(program, home: home)
        traffic = Traffic(seed: seed, to: service, keeper: keeper)
        try configure()
    }

    /// Now and then the service's messages go wrong, too.
    private static func fault(ofRequest number: Int) -> SendFault? {
        switch number % 23 {
        case 3, 9: .lostAnswer
        case 13: .page
        case 17: .status(500)
        case 21: .tooMany(retryAfter: 1)
        default: nil
        }
    }

    /// - Parameter greeting: what is changed from time to time.
    func configure(greeting: String = "Hello.") throws {
        try JSONSerialization.data(withJSONObject: [
            "api_key": Self.apiKey, "server": "http://127.0.0.1:\(cable.port)", "gateway_url": gateway.url,
            "gateway_token": Self.token, "greeting": greeting, "reply_timeout_seconds": 25,
            "agent_link": plan.persona.wantsChat ? "chat" : "sessions_send",
            "transcripts": plan.keepsTranscripts ? "on" : "off", "reports": ["after_seconds": 0],
        ]).write(to: configurationFile)
    }

    func breakConfiguration() throws { try Data("{\"greeting\": ".utf8).write(to: configurationFile) }

    func remove() {
        disk.unmount()
        try? FileManager.default.removeItem(at: disk.folder)
    }
}
