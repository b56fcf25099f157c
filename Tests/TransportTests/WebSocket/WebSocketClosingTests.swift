import Testing
import Wire

@testable import Transport

@Suite(
    "A connection that is closed tells its owner so, once, whatever the other side does",
    .timeLimit(.minutes(1)))
struct WebSocketClosingTests {
    private let loop = EventLoop.forTests

    /// A server that opens, then does what it is told and keeps the connection open.
    private func server(_ afterOpening: @escaping @Sendable (StreamChannel) -> Void) async throws
        -> LoopBound<Listener>
    {
        let loop = loop
        return try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: loop) { stream in
                    let channel = WebSocketChannel(
                        over: stream, role: .server(ServerHandshake(sha1: Digest.sha1)))
                    channel.onEvent = { [channel] event in
                        guard case .opened = event else { return }
                        // Afterwards the raw stream is the test's; the handler keeps both.
                        loop.schedule(after: .zero) {
                            stream.onBytes = { _ in withExtendedLifetime((stream, channel)) {} }
                            stream.onEnd = { _ in }
                            afterOpening(stream)
                        }
                    }
                }, on: loop)
        }
    }

    private func connect(_ listener: LoopBound<Listener>, patience: Duration = .milliseconds(100))
        async throws
        -> WebSocketClient
    {
        var settings = WebSocketSettings()
        settings.closeDeadline = patience
        settings.offersDeflate = false
        let port = try await loop.run { listener.value.port }
        return try await WebSocketClient.connect(to: "ws://127.0.0.1:\(port)/", on: loop, settings: settings)
    }

    @Test("a server that says Close and keeps the connection open")
    func keepsOpen() async throws {
        let listener = try await server { $0.write([0x88, 0x02, 0x0F, 0xA0]) }
        let client = try await connect(listener)
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == nil)
        withExtendedLifetime(listener) {}
    }

    @Test("closed again while the peer's Close is there already")
    func closeAfterClose() async throws {
        let listener = try await server { $0.write([0x88, 0x02, 0x03, 0xE8]) }
        let client = try await connect(listener)
        await client.close()
        await client.close()
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == nil)
        withExtendedLifetime(listener) {}
    }

    @Test("closed twice, and the peer never answers")
    func twice() async throws {
        let listener = try await server { _ in }
        let client = try await connect(listener)
        await client.close()
        await client.close()
        var messages = client.messages.makeAsyncIterator()
        await #expect(throws: WebSocketEnding(cause: .timedOut(.close))) { try await messages.next() }
        withExtendedLifetime(listener) {}
    }

    @Test("closed before it was open")
    func beforeOpening() async throws {
        let silent = try await SilentServer(on: loop)
        let (endings, feed) = AsyncStream.makeStream(of: WebSocketEnding.self)
        let loop = loop
        let port = silent.port
        try await loop.run {
            let endpoint = Endpoint(isSecure: false, host: .loopback, port: port)
            Dial(
                endpoint, on: loop, deadline: .seconds(5),
                tls: { () throws(TransportFailure) in throw .cancelled }
            ) {
                guard case .success(let stream) = $0 else { return }
                let handshake = ClientHandshake(
                    host: "x", target: "/", nonce: [UInt8](0..<16), sha1: Digest.sha1)
                let channel = WebSocketChannel(over: stream, role: .client(handshake))
                channel.onEnd = { [channel] in
                    feed.yield($0)
                    withExtendedLifetime(channel) {}
                }
                channel.start()
                channel.close()
            }
        }
        #expect(await endings.first { _ in true } == WebSocketEnding(cause: .cancelled))
    }

    @Test("the server's Close lies behind data that nobody reads")
    func behindHeldData() async throws {
        let listener = try await server { stream in
            let message = [UInt8](repeating: 7, count: 40_000)
            for _ in 0..<8 { stream.write([0x82, 0x7E, 0x9C, 0x40] + message) }
            stream.write([0x88, 0x02, 0x03, 0xE9])
        }
        var settings = WebSocketSettings()
        settings.offersDeflate = false
        let port = try await loop.run { listener.value.port }
        let client = try await WebSocketClient.connect(
            to: "ws://127.0.0.1:\(port)/", on: loop, settings: settings, bufferBytes: 50_000)
        var messages = client.messages.makeAsyncIterator()
        _ = try await messages.next()
        await client.close()
        // With what was read before the close; then the ending, which is the server's and not a deadline's.
        while try await messages.next() != nil {}
        withExtendedLifetime(listener) {}
    }

    @Test(
        "closed by its owner while the server's Close waits behind data, and the server keeps the connection open"
    )
    func behindHeldDataKeptOpen() async throws {
        let listener = try await server {
            $0.write([0x82, 0x01, 0x07, 0x82, 0x01, 0x08, 0x88, 0x02, 0x03, 0xE9])
        }
        let loop = loop
        let port = try await loop.run { listener.value.port }
        let (endings, feed) = AsyncStream.makeStream(of: WebSocketEnding.self)
        try await loop.run {
            var settings = WebSocketSettings()
            settings.closeDeadline = .milliseconds(50)
            WebSocketDial(
                "ws://127.0.0.1:\(port)/", on: loop, settings: settings,
                tls: { () throws(TransportFailure) in throw .cancelled }
            ) { result in
                guard case .success(let channel) = result else { return feed.finish() }
                channel.onMessage = { [unowned channel] _, _ in
                    channel.holdData()
                    // After this turn, when the rest is held.
                    loop.schedule(after: .zero) { channel.close() }
                    channel.onMessage = { _, _ in }
                }
                channel.onEnd = { [channel] in
                    feed.yield($0)
                    withExtendedLifetime(channel) {}
                }
            }
        }
        #expect(await endings.first { _ in true } == WebSocketEnding(code: CloseCode(rawValue: 1001)))
        withExtendedLifetime(listener) {}
    }

    @Test(
        "a client that is dropped after its connection ended, and a loop that is stopped, leave nothing behind"
    )
    func nothingLeft() async throws {
        let listener = try await server { $0.close() }
        let port = try await loop.run { listener.value.port }
        weak var left: EventLoop?
        do {
            let other = try EventLoop(name: "short")
            left = other
            let client = try await WebSocketClient.connect(to: "ws://127.0.0.1:\(port)/", on: other)
            _ = try? await client.messages.first { _ in true }
            try await other.run { () -> Void in
                // A timer that is the last to hold a channel, when the loop stops.
                WebSocketDial(
                    "ws://127.0.0.1:\(port)/", on: other,
                    tls: { () throws(TransportFailure) in throw .cancelled }
                ) { result in
                    other.schedule(after: .seconds(50)) { withExtendedLifetime(result) {} }
                }
            }
            other.stop()
        }
        while left != nil { await Task.yield() }
        withExtendedLifetime(listener) {}
    }

    @Test("closed together with other things while the server's Close waits behind data")
    func closedTogether() async throws {
        let listener = try await server {
            $0.write([0x82, 0x01, 0x07, 0x82, 0x01, 0x08, 0x88, 0x02, 0x03, 0xE9])
        }
        let loop = loop
        let port = try await loop.run { listener.value.port }
        let (endings, feed) = AsyncStream.makeStream(of: WebSocketEnding.self)
        try await loop.run { () -> Void in
            WebSocketDial(
                "ws://127.0.0.1:\(port)/", on: loop, tls: { () throws(TransportFailure) in throw .cancelled }
            ) { result in
                guard case .success(let channel) = result else { return feed.finish() }
                channel.onMessage = { [unowned channel] _, _ in
                    channel.holdData()
                    loop.schedule(after: .zero) { channel.together { channel.close() } }
                    channel.onMessage = { _, _ in }
                }
                channel.onEnd = { [channel] in
                    feed.yield($0)
                    withExtendedLifetime(channel) {}
                }
            }
        }
        #expect(await endings.first { _ in true } == WebSocketEnding(code: CloseCode(rawValue: 1001)))
        withExtendedLifetime(listener) {}
    }

    @Test("the loop is stopped while somebody reads")
    func loopStopped() async throws {
        let listener = try await server { _ in }
        let other = try EventLoop(name: "short")
        let port = try await loop.run { listener.value.port }
        let client = try await WebSocketClient.connect(to: "ws://127.0.0.1:\(port)/", on: other)
        let reader = Task { try await client.messages.first { _ in true } }
        try await other.run {}
        other.stop()
        await #expect(throws: WebSocketEnding(cause: .cancelled)) { try await reader.value }
        withExtendedLifetime((listener, client)) {}
    }

    @Test("a client that nobody holds any more says goodbye, and its descriptor is closed")
    func forgotten() async throws {
        let loop = loop
        let (endings, feed) = AsyncStream.makeStream(of: WebSocketEnding.self)
        let listener = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: loop) { stream in
                    let channel = WebSocketChannel(
                        over: stream, role: .server(ServerHandshake(sha1: Digest.sha1)))
                    channel.onEnd = { [channel] in
                        feed.yield($0)
                        withExtendedLifetime(channel) {}
                    }
                }, on: loop)
        }
        let port = try await loop.run { listener.value.port }
        _ = try await WebSocketClient.connect(to: "ws://127.0.0.1:\(port)/", on: loop)
        #expect(await endings.first { _ in true } == WebSocketEnding(code: .goingAway))
        withExtendedLifetime(listener) {}
    }

    @Test("messages alone keep the connection: the client may be gone")
    func messagesKeep() async throws {
        let listener = try await server { stream in
            stream.loop.schedule(after: .milliseconds(30)) { stream.write([0x82, 0x01, 0x07]) }
        }
        var messages = try await connect(listener).messages.makeAsyncIterator()
        #expect(try await messages.next() == .binary([7]))
        withExtendedLifetime(listener) {}
    }
}
