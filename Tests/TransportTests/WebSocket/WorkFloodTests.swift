import Testing
import Wire

@testable import Transport

@Suite("Few bytes that mean much work leave time for others", .timeLimit(.minutes(1)))
struct WorkFloodTests {
    private enum Seen: Equatable { case message, job, ended }

    @Test("messages that inflate to a thousand times their size: others have a turn between two of them")
    func bombs() async throws {
        let (serverLoop, loop) = (try EventLoop(name: "server"), try EventLoop(name: "client"))
        defer {
            serverLoop.stop()
            loop.stop()
        }
        let listener = try await serverLoop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: serverLoop) { stream in
                    var settings = WebSocketSettings()
                    settings.maximumQueuedBytes = 1 << 30
                    let handshake = ServerHandshake(acceptsDeflate: true, sha1: Digest.sha1)
                    let channel = WebSocketChannel(over: stream, role: .server(handshake), settings: settings)
                    channel.onEnd = { [channel] _ in withExtendedLifetime(channel) {} }
                    channel.onEvent = { [unowned channel] event in
                        guard case .opened = event else { return }
                        let bomb = [UInt8](repeating: 0, count: 8 << 20)
                        channel.together { for _ in 0..<24 { try? channel.send(.binary(bomb)) } }
                    }
                }, on: serverLoop)
        }
        let port = try await serverLoop.run { listener.value.port }
        let (events, feed) = AsyncStream.makeStream(of: Seen.self)
        try await loop.run { () -> Void in
            WebSocketDial(
                "ws://127.0.0.1:\(port)/", on: loop, tls: { () throws(TransportFailure) in throw .cancelled }
            ) {
                guard case .success(let channel) = $0 else { return feed.finish() }
                var count = 0
                channel.onEnd = { [channel] _ in
                    feed.yield(.ended)
                    withExtendedLifetime(channel) {}
                }
                channel.onMessage = { [unowned channel] _, _ in
                    count += 1
                    if count == 1 { loop.execute { feed.yield(.job) } }
                    feed.yield(.message)
                    if count == 24 { channel.cut() }
                }
            }
        }
        var seen: [Seen] = []
        for await event in events {
            seen.append(event)
            if event == .ended { break }
        }
        let job = try #require(seen.firstIndex(of: .job))
        #expect(seen.filter { $0 == .message }.count == 24 && job < 12, "\(seen)")
        withExtendedLifetime(listener) {}
    }

    @Test("a reader that pauses gets every message of a peer that has gone, and what it said last")
    func peerGone() async throws {
        let (serverLoop, loop) = (try EventLoop(name: "server"), try EventLoop(name: "client"))
        defer {
            serverLoop.stop()
            loop.stop()
        }
        let listener = try await serverLoop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: serverLoop) { stream in
                    let channel = WebSocketChannel(
                        over: stream, role: .server(ServerHandshake(sha1: Digest.sha1)))
                    channel.onEvent = { [channel] event in
                        guard case .opened = event else { return }
                        for _ in 0..<100 { try? channel.send(.binary([UInt8](repeating: 1, count: 1_000))) }
                        serverLoop.schedule(after: .zero) {
                            stream.write([0x88, 0x02, 0x03, 0xE9])
                            stream.close()
                            withExtendedLifetime(channel) {}
                        }
                    }
                }, on: serverLoop)
        }
        let port = try await serverLoop.run { listener.value.port }
        var settings = WebSocketSettings()
        settings.offersDeflate = false
        let client = try await WebSocketClient.connect(
            to: "ws://127.0.0.1:\(port)/", on: loop, settings: settings, bufferBytes: 5_000)
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() != nil)
        // The first is answered with a reset, the others meet it.
        for _ in 0..<20 { try? await client.ping([UInt8](repeating: 2, count: 100)) }
        var count = 1
        while try await messages.next() != nil { count += 1 }
        #expect(count == 100)
        withExtendedLifetime(listener) {}
    }
}
