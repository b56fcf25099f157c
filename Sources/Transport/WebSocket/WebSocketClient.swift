package import Wire

/// A WebSocket for async code on any thread, over a ``WebSocketChannel`` on the loop's. The connection is kept by the
/// client and by its ``messages``; when nobody holds either any more, it is closed.
package final class WebSocketClient: Sendable {
    private let connection: Connection
    /// What the server sends.
    package let messages: WebSocketMessages

    /// Bytes of messages that may wait for their reader (default).
    package static let defaultBufferBytes = 1 << 20

    private init(_ connection: Connection, _ messages: WebSocketMessages) {
        (self.connection, self.messages) = (connection, messages)
    }

    /// Opens a connection.
    /// - Parameters:
    ///   - url: ws or wss.
    ///   - bufferBytes: messages that may wait for their reader before the socket is no longer read.
    /// - Throws: ``WebSocketEnding`` with the cause.
    package static func connect(
        to url: String, on loop: EventLoop, settings: WebSocketSettings = WebSocketSettings(),
        bufferBytes: Int = defaultBufferBytes,
        tls: @escaping @Sendable () throws(TransportFailure) -> TLSContext = { () throws(TransportFailure) in
            try TLSContext(trusting: .system)
        },
        route: @escaping @Sendable (Endpoint) throws(TransportFailure) -> Proxy? = { _ in nil }
    ) async throws -> WebSocketClient {
        try await LoopFlight<WebSocketClient>(on: loop).start { resume in
            let dial = WebSocketDial(url, on: loop, settings: settings, route: route, tls: tls) { result in
                resume(
                    result.map { adopt($0, on: loop, bufferBytes: bufferBytes) }.mapError { $0 as any Error })
            }
            return { dial.cancel() }
        }
    }

    /// The way of ownership: client and messages hold the connection, it holds the channel, and that knows the messages
    /// weakly.
    private static func adopt(_ channel: WebSocketChannel, on loop: EventLoop, bufferBytes: Int)
        -> WebSocketClient
    {
        let connection = Connection(channel, on: loop)
        let messages = WebSocketMessages(limitBytes: bufferBytes, source: connection) { [weak connection] in
            connection?.run { $0.releaseData() }
        }
        channel.onMessage = { [weak channel, weak messages] isText, payload in
            guard let channel, let messages else { return }
            let message = isText ? WebSocketMessage.text(payload.array) : .binary(payload.array)
            if !messages.push(message, dropsWhenFull: !channel.isOpen) { channel.holdData() }
        }
        channel.onEnd = { [weak messages] in messages?.finish($0) }
        return WebSocketClient(connection, messages)
    }

    /// Sends a message; returns when it is queued on the connection.
    /// - Throws: ``TransportFailure``.
    package func send(_ message: WebSocketMessage) async throws {
        try await connection.perform { try $0.send(message) }
    }

    package func send(_ text: String) async throws { try await send(.text(Array(text.utf8))) }

    package func ping(_ payload: [UInt8] = []) async throws {
        try await connection.perform { $0.ping(payload) }
    }

    /// Starts the closing handshake; ``messages`` ends when it is complete or its deadline passed. Messages that come
    /// meanwhile are still read, as far as they find room.
    package func close(_ code: CloseCode = .normal, reason: String = "") async {
        try? await connection.perform { $0.close(code, reason: reason) }
    }

    /// Holds the channel for other threads, and closes it with the last of them.
    private final class Connection: Sendable {
        private let loop: EventLoop
        private let channel: LoopBound<WebSocketChannel>

        init(_ channel: WebSocketChannel, on loop: EventLoop) {
            (self.loop, self.channel) = (loop, LoopBound(channel, on: loop))
        }

        func perform(_ action: @escaping @Sendable (WebSocketChannel) throws -> Void) async throws {
            let channel = channel
            try await loop.run { try action(channel.value) }
        }

        func run(_ action: @escaping @Sendable (WebSocketChannel) -> Void) {
            let channel = channel
            loop.execute { action(channel.value) }
        }

        deinit {
            let channel = channel
            loop.execute {
                let channel = channel.value
                guard !channel.isEnded else { return }
                channel.onMessage = nil
                // Until the closing handshake is over, nobody else holds it.
                channel.onEnd = { _ in withExtendedLifetime(channel) {} }
                channel.close(.goingAway)
            }
        }
    }
}
