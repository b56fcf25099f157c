import Synchronization
package import Wire

/// A WebSocket for async code on any thread, over a ``WebSocketChannel`` on the loop's.
package final class WebSocketClient: Sendable {
    private let loop: EventLoop
    private let channel: LoopBound<WebSocketChannel>
    /// What the server sends.
    package let messages: WebSocketMessages

    /// Bytes of messages that may wait for their reader (default).
    package static let defaultBufferBytes = 1 << 20

    private init(loop: EventLoop, channel: LoopBound<WebSocketChannel>, bufferBytes: Int) {
        (self.loop, self.channel) = (loop, channel)
        messages = WebSocketMessages(limitBytes: bufferBytes) {
            loop.execute { channel.value.releaseData() }
        }
    }

    /// Opens a connection.
    /// - Parameters:
    ///   - url: ws or wss.
    ///   - bufferBytes: messages that may wait for their reader before the socket is no longer read.
    /// - Throws: ``WebSocketEnding`` with the cause.
    package static func connect(
        to url: String, on loop: EventLoop, settings: WebSocketSettings = WebSocketSettings(),
        bufferBytes: Int = defaultBufferBytes,
        tls: @escaping @Sendable () throws(TLSFault) -> TLSContext = { () throws(TLSFault) in
            try TLSContext(trusting: .system)
        },
        route: @escaping @Sendable (Endpoint) throws(TransportError) -> Proxy? = { _ in nil }
    ) async throws -> WebSocketClient {
        try await LoopFlight<WebSocketClient>(on: loop).start { resume in
            let dial = WebSocketDial(url, on: loop, settings: settings, route: route, tls: tls) { result in
                resume(
                    result.map { adopt($0, on: loop, bufferBytes: bufferBytes) }.mapError { $0 as any Error })
            }
            return { dial.cancel() }
        }
    }

    private static func adopt(_ channel: WebSocketChannel, on loop: EventLoop, bufferBytes: Int)
        -> WebSocketClient
    {
        let client = WebSocketClient(
            loop: loop, channel: LoopBound(channel, on: loop), bufferBytes: bufferBytes)
        let messages = client.messages
        channel.onMessage = { [weak channel] isText, payload in
            let message = isText ? WebSocketMessage.text(payload.array) : .binary(payload.array)
            if !messages.push(message) { channel?.holdData() }
        }
        channel.onEnd = { messages.finish($0) }
        return client
    }

    /// Sends a message; returns when it is queued on the connection.
    /// - Throws: ``TransportError``.
    package func send(_ message: WebSocketMessage) async throws {
        let channel = channel
        try await loop.run { try channel.value.send(message) }
    }

    package func send(_ text: String) async throws { try await send(.text(Array(text.utf8))) }

    package func ping(_ payload: [UInt8] = []) async throws {
        let channel = channel
        try await loop.run { channel.value.ping(payload) }
    }

    /// Starts the closing handshake; ``messages`` ends when it is complete or its deadline passed.
    package func close(_ code: CloseCode = .normal, reason: String = "") async {
        let channel = channel
        try? await loop.run { channel.value.close(code, reason: reason) }
    }
}
