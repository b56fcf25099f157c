import Wire

/// One attempt to open a WebSocket: dial, TLS, opening handshake, all before one deadline. Loop only.
package final class WebSocketDial {
    package typealias Completion = (Result<WebSocketChannel, WebSocketEnding>) -> Void

    private var completion: Completion?
    private var dial: Dial?
    private var channel: WebSocketChannel?
    private var deadline: LoopTimer?

    /// - Parameter url: ws or wss (http and https mean the same).
    @discardableResult
    package init(
        _ url: String, on loop: EventLoop, settings: WebSocketSettings = WebSocketSettings(),
        tls: @escaping () throws(TLSFault) -> TLSContext, completion: @escaping Completion
    ) {
        self.completion = completion
        do {
            let target = try RequestTarget(url)
            deadline = loop.schedule(after: settings.handshakeDeadline) {
                self.finish(.failure(WebSocketEnding(cause: .timedOut(.webSocketHandshake))))
            }
            dial = Dial(target.endpoint, on: loop, deadline: settings.handshakeDeadline, tls: tls) { result in
                self.dial = nil
                switch result {
                case .success(let stream): self.shakeHands(target, stream, settings)
                case .failure(let error): self.finish(.failure(WebSocketEnding(cause: error)))
                }
            }
        } catch {
            // Never inside `init`: the caller does not hold this yet.
            loop.schedule(after: .zero) { self.finish(.failure(WebSocketEnding(cause: error))) }
        }
    }

    package func cancel() {
        completion = nil
        cleanUp()
        channel?.abort()
    }

    private func shakeHands(
        _ target: RequestTarget, _ stream: StreamConnection, _ settings: WebSocketSettings
    ) {
        let handshake = ClientHandshake(
            host: target.endpoint.authority, target: target.target,
            nonce: (0..<16).map { _ in .random(in: .min ... .max) }, subprotocols: settings.subprotocols,
            offersDeflate: settings.offersDeflate, fields: settings.fields, sha1: Digest.sha1)
        let channel = WebSocketChannel(over: stream, role: .client(handshake), settings: settings)
        self.channel = channel
        channel.onEvent = { event in
            if case .opened = event { self.finish(.success(channel)) }
        }
        channel.onEnd = { self.finish(.failure($0)) }
        channel.start()
    }

    private func finish(_ result: Result<WebSocketChannel, WebSocketEnding>) {
        let completion = completion
        self.completion = nil
        cleanUp()
        if case .failure = result { channel?.abort() }
        channel = nil
        completion?(result)
    }

    private func cleanUp() {
        deadline?.cancel()
        dial?.cancel()
        dial = nil
    }
}
