import ClawdTalkAPI
import OpenClaw
import Transport
import Wire

/// Single requests to the gateway and the service, for commands that are no bridge.
struct Network: Sendable {
    let loop: EventLoop
    private let gateway: HTTPClient
    private let service: HTTPClient

    static let limit = Duration.seconds(3)

    init(gatewayTrust: TLSContext.Trust) async throws {
        let loop = try EventLoop(name: "clawdtalk")
        self.loop = loop
        gateway = try await HTTPClient(on: loop) { () throws(TransportFailure) in
            try TLSContext(trusting: gatewayTrust)
        }
        service = try await HTTPClient(on: loop, route: ServiceRoute.proxy) { () throws(TransportFailure) in
            try TLSContext(trusting: .system)
        }
    }

    enum Answer: Sendable {
        case response(HTTPResponse)
        /// Why there is none.
        case nothing(String)
    }

    func gateway(_ request: HTTPRequest) async -> Answer { await answer(gateway, request) }
    func service(_ request: HTTPRequest) async -> Answer { await answer(service, request) }

    private func answer(_ session: HTTPClient, _ request: HTTPRequest) async -> Answer {
        do {
            return .response(try await session.response(to: request, deadline: Self.limit))
        } catch {
            return .nothing((error as? HTTPFailure)?.cause.summary ?? "\(error)")
        }
    }

    /// Whether a gateway lives at a URL.
    func isLive(_ baseURL: String) async -> Bool {
        guard case .response(let response) = await gateway(GatewayProbe.health(of: baseURL)) else {
            return false
        }
        return GatewayProbe.isLive(response)
    }

    /// Whether a gateway can be asked by chat.
    func hasChatEndpoint(_ baseURL: String) async -> Bool {
        guard case .response(let response) = await gateway(GatewayProbe.chatEndpoint(of: baseURL)) else {
            return false
        }
        return GatewayProbe.isChatEndpointOn(response)
    }

    /// Whether a gateway lets a tool be called; nil when it does not answer.
    func verdict(on tool: String, at baseURL: String, token: String?) async -> GatewayProbe.Verdict? {
        let request = GatewayProbe.call(tool, at: baseURL, token: token)
        guard case .response(let response) = await gateway(request) else { return nil }
        return GatewayProbe.verdict(of: response)
    }
}
