import Testing
import Wire

@testable import Transport

@Suite("A reader that is slower than its peer")
struct PushBackTests {
    private enum Seen { case pong, ended(WebSocketEnding) }

    @Test("a reader that takes nothing: the socket is read no further, and the peer keeps what it has")
    func stopsReading() async throws {
        let loop = EventLoop.forTests
        let (seen, feed) = AsyncStream.makeStream(of: Seen.self)
        // More than the kernel's buffers take for both sides, with a ping behind it.
        let listener = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: loop) { stream in
                    var settings = WebSocketSettings()
                    settings.maximumQueuedBytes = 128 << 20
                    settings.pingInterval = .milliseconds(300)
                    let channel = WebSocketChannel(
                        over: stream, role: .server(ServerHandshake(sha1: Digest.sha1)), settings: settings)
                    channel.onEvent = { [unowned channel] event in
                        if case .pong = event { feed.yield(.pong) }
                        guard case .opened = event else { return }
                        let message = [UInt8](repeating: 7, count: 1 << 20)
                        for _ in 0..<64 { try? channel.send(.binary(message)) }
                    }
                    channel.onEnd = { [channel] in
                        feed.yield(.ended($0))
                        withExtendedLifetime(channel) {}
                    }
                }, on: loop)
        }
        let port = try await loop.run { listener.value.port }
        let client = try await WebSocketClient.connect(to: "ws://127.0.0.1:\(port)/", on: loop)
        let first = await seen.first { _ in true }
        guard case .ended(let ending) = first else {
            Issue.record("everything was read: \(String(describing: first))")
            return
        }
        #expect(ending == WebSocketEnding(cause: .timedOut(.pong)))
        withExtendedLifetime((client, listener)) {}
    }
}
