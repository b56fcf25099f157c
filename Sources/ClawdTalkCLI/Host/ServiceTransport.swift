import ClawdTalkAPI
import Transport
import Wire

/// The service's REST API over the network.
struct ServiceTransport: RESTTransport {
    private let session: HTTPClient

    /// - Parameter loop: lives as long as requests are sent.
    init(on loop: EventLoop) async throws {
        session = try await HTTPClient(on: loop, route: ServiceRoute.proxy) { () throws(TransportFailure) in
            try TLSContext(trusting: .system)
        }
    }

    func response(to request: HTTPRequest, deadline: Duration) async throws(RESTTransportFailure)
        -> HTTPResponse
    {
        do {
            return try await session.response(to: request, deadline: deadline)
        } catch let failure as HTTPFailure {
            throw RESTTransportFailure(reason: failure.cause.summary, mayHaveArrived: failure.mayHaveArrived)
        } catch {
            throw RESTTransportFailure(reason: "interrupted", mayHaveArrived: true)
        }
    }
}
