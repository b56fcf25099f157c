import Testing
import Wire

@testable import Transport

@Suite("A connection that nobody holds any more")
struct AbandonedConnectionTests {
    private let loop = EventLoop.forTests

    @Test("is closed: its descriptor would keep the loop awake for ever", .timeLimit(.minutes(1)))
    func abandoned() async throws {
        let (ends, feed) = AsyncStream.makeStream(of: Void.self)
        let loop = loop
        let dial = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            // Accepts, and keeps nothing.
            let listener = try Listener(address, on: loop) { _ in }
            let endpoint = Endpoint(isSecure: false, host: .loopback, port: listener.port)
            let dial = Dial(
                endpoint, on: loop, deadline: .seconds(20),
                tls: { () throws(TransportFailure) in
                    try TLSContext(trusting: .system)
                }
            ) { result in
                guard case .success(let stream) = result else { return }
                // The handler keeps this end alive until the other one is closed.
                stream.onEnd = { _ in
                    _ = stream
                    feed.yield()
                }
            }
            return LoopBound((listener, dial), on: loop)
        }
        #expect(await ends.first { _ in true } != nil)
        try await loop.run { dial.value.0.close() }
    }
}
