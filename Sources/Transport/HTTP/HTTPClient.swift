package import Wire

/// An HTTP client for async code on any thread, over an ``HTTPPool`` on the loop's.
package struct HTTPClient: Sendable {
    private let loop: EventLoop
    private let pool: LoopBound<HTTPPool>

    package init(
        on loop: EventLoop,
        route: @escaping @Sendable (Endpoint) throws(TransportFailure) -> Proxy? = { _ in nil },
        tls: @escaping @Sendable () throws(TransportFailure) -> TLSContext
    ) async throws {
        self.loop = loop
        pool = try await loop.run { LoopBound(HTTPPool(on: loop, route: route, tls: tls), on: loop) }
    }

    /// The response to `request`. Cancelling the task closes the connection.
    /// - Throws: ``HTTPFailure``.
    package func response(
        to request: HTTPRequest, deadline: Duration,
        maximumBodyBytes: Int = HTTPPool.defaultMaximumBodyBytes
    ) async throws -> HTTPResponse {
        let flight = LoopFlight<HTTPResponse>(on: loop)
        return try await flight.start { resume in
            let exchange = pool.value.send(
                request, deadline: deadline, maximumBodyBytes: maximumBodyBytes
            ) { resume($0.mapError { $0 as any Error }) }
            return { exchange.cancel() }
        }
    }
}
