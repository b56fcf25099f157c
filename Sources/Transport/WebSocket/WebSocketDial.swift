import Wire

/// One attempt to open a WebSocket: dial, TLS, opening handshake, all before one deadline. Loop only.
package final class WebSocketDial {
    package typealias Completion = (Result<WebSocketChannel, WebSocketEnding>) -> Void

    private let loop: EventLoop
    private let settings: WebSocketSettings
    private let route: Dial.Route
    private let tls: () throws(TransportFailure) -> TLSContext
    private var completion: Completion?
    private var dial: Dial?
    private var channel: WebSocketChannel?
    private var deadline: LoopTimer?
    private var redirectsLeft = 3

    /// - Parameters:
    ///   - url: ws or wss (http and https mean the same).
    ///   - route: the proxy for an endpoint.
    @discardableResult
    package init(
        _ url: String, on loop: EventLoop, settings: WebSocketSettings = WebSocketSettings(),
        route: @escaping Dial.Route = { _ in nil }, tls: @escaping () throws(TransportFailure) -> TLSContext,
        completion: @escaping Completion
    ) {
        (self.loop, self.settings, self.route, self.tls) = (loop, settings, route, tls)
        self.completion = completion
        // The timer keeps the dial alive until it is finished.
        deadline = loop.schedule(after: settings.handshakeDeadline) { [self] in
            finish(.failure(WebSocketEnding(cause: .timedOut(.webSocketHandshake))))
        }
        // Never inside `init`: the caller does not hold this yet.
        loop.schedule(after: .zero) { [self] in start(url) }
    }

    package func cancel() {
        completion = nil
        cleanUp()
    }

    private func start(_ url: String) {
        guard completion != nil else { return }
        do throws(TransportFailure) {
            let target = try RequestTarget(url)
            dial = Dial(
                target.endpoint, on: loop, deadline: settings.handshakeDeadline, route: route, tls: tls
            ) {
                [self] result in
                dial = nil
                switch result {
                case .success(let stream): shakeHands(url, target, stream)
                case .failure(let error): finish(.failure(WebSocketEnding(cause: error)))
                }
            }
        } catch {
            finish(.failure(WebSocketEnding(cause: error)))
        }
    }

    private func shakeHands(_ url: String, _ target: RequestTarget, _ stream: StreamChannel) {
        let handshake = ClientHandshake(
            host: target.endpoint.authority, target: target.target,
            nonce: (0..<16).map { _ in .random(in: .min ... .max) }, subprotocols: settings.subprotocols,
            offersDeflate: settings.offersDeflate, fields: settings.fields, sha1: Digest.sha1)
        let channel = WebSocketChannel(over: stream, role: .client(handshake), settings: settings)
        self.channel = channel
        channel.onEvent = { [self] event in
            if case .opened = event { opened(channel) }
        }
        channel.onEnd = { [self] ending in
            self.channel = nil
            guard let next = redirect(from: url, target, ending) else { return finish(.failure(ending)) }
            redirectsLeft -= 1
            guard redirectsLeft >= 0 else {
                return finish(.failure(WebSocketEnding(cause: .tooManyRedirects)))
            }
            start(next)
        }
        channel.start()
    }

    /// The channel is the receiver's from here; it sets its own handlers, at the latest in the completion.
    private func opened(_ channel: WebSocketChannel) {
        (channel.onEvent, channel.onEnd) = (nil, nil)
        self.channel = nil
        finish(.success(channel))
    }

    /// A redirection is followed to the same host and port only, and never to a weaker scheme: what the handshake carries
    /// is meant for this server.
    private func redirect(from url: String, _ from: RequestTarget, _ ending: WebSocketEnding) -> String? {
        guard case .webSocket(.redirected(_, let location)) = ending.cause,
            let next = RequestTarget.resolve(location, against: url), let to = try? RequestTarget(next),
            to.endpoint.host == from.endpoint.host, to.endpoint.port == from.endpoint.port,
            to.endpoint.isSecure || !from.endpoint.isSecure
        else { return nil }
        return next
    }

    private func finish(_ result: Result<WebSocketChannel, WebSocketEnding>) {
        let completion = completion
        self.completion = nil
        cleanUp()
        completion?(result)
    }

    private func cleanUp() {
        deadline?.cancel()
        dial?.cancel()
        dial = nil
        // Its end is of no interest any more, and its handlers keep this object.
        if let channel {
            (channel.onEvent, channel.onEnd) = (nil, nil)
            channel.cut()
        }
        channel = nil
    }
}
