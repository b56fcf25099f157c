package import Wire

/// An ``HTTPClient`` for async code on any thread.
package struct HTTPSession: Sendable {
    private let loop: EventLoop
    private let client: LoopBound<HTTPClient>

    package init(
        on loop: EventLoop,
        route: @escaping @Sendable (Endpoint) throws(TransportError) -> Proxy? = { _ in nil },
        tls: @escaping @Sendable () throws(TLSFault) -> TLSContext
    ) async throws {
        self.loop = loop
        client = try await loop.run { LoopBound(HTTPClient(on: loop, route: route, tls: tls), on: loop) }
    }

    /// The response to `request`. Cancelling the task closes the connection.
    /// - Throws: ``HTTPFailure``.
    package func response(
        to request: HTTPRequest, deadline: Duration,
        maximumBodyBytes: Int = HTTPClient.defaultMaximumBodyBytes
    ) async throws -> HTTPResponse {
        let flight = LoopFlight<HTTPResponse>(on: loop)
        return try await flight.start { resume in
            let exchange = client.value.send(
                request, deadline: deadline, maximumBodyBytes: maximumBodyBytes
            ) { resume($0.mapError { $0 as any Error }) }
            return { exchange.cancel() }
        }
    }
}
