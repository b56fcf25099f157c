package import Wire

/// HTTP/1.1 over the loop's streams: keep-alive, deadlines, bounded bodies. Loop only; see ``HTTPClient``
/// for other threads.
///
/// A request goes out at most once: what to repeat is for the caller to decide, by `mayHaveArrived`.
package final class HTTPPool {
    let loop: EventLoop
    private let makeTLS: () throws(TransportFailure) -> TLSContext
    private let route: Dial.Route
    private var idle: [Endpoint: [HTTPChannel]] = [:]
    /// The last one, because most requests go to the same place.
    private var latest: (url: String, target: RequestTarget)?

    /// Unused connections kept for one endpoint.
    private static let maximumIdle = 4
    package static let defaultMaximumBodyBytes = 16 << 20

    /// - Parameters:
    ///   - route: the proxy for an endpoint.
    ///   - tls: made once, when the first https request needs it.
    package init(
        on loop: EventLoop, route: @escaping Dial.Route = { _ in nil },
        tls: @escaping () throws(TransportFailure) -> TLSContext
    ) {
        (self.loop, self.route) = (loop, route)
        var made: TLSContext?
        makeTLS = { () throws(TransportFailure) in
            if let made { return made }
            let context = try tls()
            made = context
            return context
        }
    }

    /// Sends `request`.
    /// - Parameters:
    ///   - deadline: for everything, from the name to the last byte of the body.
    ///   - maximumBodyBytes: of the response; beyond it the exchange fails.
    /// - Returns: the exchange, to cancel it.
    @discardableResult
    package func send(
        _ request: HTTPRequest, deadline: Duration, maximumBodyBytes: Int = defaultMaximumBodyBytes,
        completion: @escaping HTTPExchange.Completion
    ) -> HTTPExchange {
        let exchange = HTTPExchange(
            pool: self, deadline: deadline, maximumBodyBytes: maximumBodyBytes, completion: completion)
        exchange.start(request)
        return exchange
    }

    /// Sends `request` and hands the response's body out as it comes.
    ///
    /// The deadline is for the whole exchange: an answer may be silent for as long as an agent works.
    /// - Parameters:
    ///   - maximumBodyBytes: of the whole body; beyond it the exchange fails.
    ///   - onHead: whether this body is to go to `onBytes`; otherwise it comes whole with the completion.
    ///   - completion: gets the response once it is whole, without what `onBytes` has got.
    /// - Returns: the exchange; to cancel it closes the connection, also from within the calls.
    @discardableResult
    package func stream(
        _ request: HTTPRequest, deadline: Duration, maximumBodyBytes: Int = defaultMaximumBodyBytes,
        onHead: @escaping (HTTPResponseHead) -> Bool, onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping HTTPExchange.Completion
    ) -> HTTPExchange {
        let exchange = HTTPExchange(
            pool: self, deadline: deadline, maximumBodyBytes: maximumBodyBytes,
            makeTap: { HTTPBodyTap(onHead: onHead, onBytes: onBytes) }, completion: completion)
        exchange.start(request)
        return exchange
    }

    func target(of url: String) throws(TransportFailure) -> RequestTarget {
        if let latest, latest.url == url { return latest.target }
        let target: RequestTarget
        if let latest, let alike = RequestTarget(url, like: latest) {
            target = alike
        } else {
            target = try RequestTarget(url)
        }
        latest = (url, target)
        return target
    }

    /// The connection that was used last, of those on which nothing has happened since.
    func takeIdle(_ endpoint: Endpoint) -> HTTPChannel? {
        while let channel = idle[endpoint]?.popLast() {
            if channel.isReusable { return channel }
            channel.close()
        }
        return nil
    }

    func dial(
        _ endpoint: Endpoint, deadline: Duration,
        completion: @escaping (Result<HTTPChannel, TransportFailure>) -> Void
    ) -> Dial {
        Dial(endpoint, on: loop, deadline: deadline, route: route, tls: makeTLS) { [weak self] result in
            completion(
                result.map { stream in
                    HTTPChannel(
                        endpoint, over: stream, onIdle: { self?.keep($0) }, onGone: { self?.forget($0) })
                })
        }
    }

    private func keep(_ connection: HTTPChannel) {
        idle[connection.endpoint, default: []].append(connection)
        if idle[connection.endpoint, default: []].count > Self.maximumIdle {
            idle[connection.endpoint]?.first?.close()
        }
    }

    private func forget(_ connection: HTTPChannel) {
        idle[connection.endpoint]?.removeAll { $0 === connection }
    }
}
