import Testing
import Wire

@testable import Transport

@Suite("Servers that do harm, on purpose or not")
struct WebSocketHostilityTests {
    private let loop = EventLoop.forTests

    private func ending(greeting: String, settings: WebSocketSettings = WebSocketSettings()) async throws
        -> WebSocketEnding?
    {
        let server = try await SilentServer(on: loop, greeting: Array(greeting.utf8))
        do {
            _ = try await WebSocketClient.connect(
                to: "ws://127.0.0.1:\(server.port)/", on: loop, settings: settings)
            return nil
        } catch { return error as? WebSocketEnding }
    }

    private static let head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"

    @Test(
        "handshakes that are refused",
        arguments: [
            (
                head + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
                WebSocketFault.handshake("wrong Sec-WebSocket-Accept")
            ),
            ("HTTP/1.1 429 Too Many\r\nRetry-After: 9\r\n\r\n", .refused(status: 429, retryAfterSeconds: 9)),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .refused(status: 200, retryAfterSeconds: nil)),
            ("SSH-2.0-OpenSSH_9\r\n\r\n", .handshake("the first line is not HTTP/1.1")),
            (
                "HTTP/1.1 101 X\r\n" + String(repeating: "X-A: y\r\n", count: 4_000),
                .handshake("the head is larger than 16384 bytes")
            ),
        ])
    func handshake(greeting: String, expected: WebSocketFault) async throws {
        #expect(try await ending(greeting: greeting)?.cause == .webSocket(expected))
    }

    @Test("a server that never answers the handshake")
    func noAnswer() async throws {
        var settings = WebSocketSettings()
        settings.handshakeDeadline = .milliseconds(200)
        #expect(try await ending(greeting: "", settings: settings)?.cause == .timedOut(.webSocketHandshake))
    }

    /// A real WebSocket server of our own whose connection then goes deaf: it reads nothing and says nothing.
    private func deafPeer(settings: WebSocketSettings) async throws -> (WebSocketClient, LoopBound<Listener>)
    {
        let loop = loop
        let listener = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: loop) { stream in
                    let channel = WebSocketChannel(
                        over: stream, role: .server(ServerHandshake(sha1: Digest.sha1)))
                    channel.onEvent = { [channel] event in
                        guard case .opened = event else { return }
                        // Afterwards, because the channel itself decides about reading while it handles bytes.
                        loop.schedule(after: .zero) {
                            (stream.onBytes, stream.onDrained) = (nil, nil)
                            stream.isReading = false
                            withExtendedLifetime(channel) {}
                        }
                    }
                }, on: loop)
        }
        let port = try await loop.run { listener.value.port }
        let client = try await WebSocketClient.connect(
            to: "ws://127.0.0.1:\(port)/", on: loop, settings: settings)
        return (client, listener)
    }

    @Test("a peer that answers no ping is found within two intervals")
    func deadPeer() async throws {
        var settings = WebSocketSettings()
        settings.pingInterval = .milliseconds(100)
        let (client, listener) = try await deafPeer(settings: settings)
        var messages = client.messages.makeAsyncIterator()
        await #expect(throws: WebSocketEnding(cause: .timedOut(.pong))) { try await messages.next() }
        withExtendedLifetime(listener) {}
    }

    @Test("a peer that never answers a close is left at the deadline")
    func neverCloses() async throws {
        var settings = WebSocketSettings()
        settings.closeDeadline = .milliseconds(100)
        let (client, listener) = try await deafPeer(settings: settings)
        await client.close()
        var messages = client.messages.makeAsyncIterator()
        await #expect(throws: WebSocketEnding(cause: .timedOut(.close))) { try await messages.next() }
        withExtendedLifetime(listener) {}
    }

    @Test("as settings come, a dead peer is found within 45 seconds")
    func deadPeerByDefault() { #expect(WebSocketSettings().pingInterval * 2 <= .seconds(45)) }

    @Test("a peer that does not read: the queue is bounded, the sender is told")
    func queueFull() async throws {
        var settings = WebSocketSettings()
        settings.maximumQueuedBytes = 1 << 20
        let (client, listener) = try await deafPeer(settings: settings)
        await #expect(throws: TransportFailure.queueFull(limitBytes: 1 << 20)) {
            for _ in 0..<1_000 { try await client.send(.binary([UInt8](repeating: 7, count: 64 << 10))) }
        }
        withExtendedLifetime(listener) {}
    }
}
