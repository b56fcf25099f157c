import Testing

@testable import Transport

/// Accepts, reads, and answers only what it was told to; reports what it saw.
final class SilentServer: Sendable {
    private enum Event: Equatable { case request([UInt8]), end }

    let port: Int
    private let listener: LoopBound<Listener>
    private let events: AsyncStream<Event>

    /// - Parameter greeting: written to each connection when its first bytes come.
    init(on loop: EventLoop, greeting: [UInt8] = []) async throws {
        let (events, feed) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        listener = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: loop) { stream in
                    var isFirst = true
                    // The handlers keep the stream alive until its end.
                    stream.onBytes = { bytes in
                        guard isFirst else { return }
                        isFirst = false
                        stream.write(greeting)
                        feed.yield(.request(Array(bytes)))
                    }
                    stream.onEnd = { _ in feed.yield(.end) }
                }, on: loop)
        }
        let listener = listener
        port = try await loop.run { listener.value.port }
    }

    func nextRequest() async -> Bool { await nextRequestBytes() != nil }
    func nextRequestBytes() async -> [UInt8]? {
        for await case .request(let bytes) in events { return bytes }
        return nil
    }
    func nextEnd() async -> Bool { await events.first { $0 == .end } != nil }
}
