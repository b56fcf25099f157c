import Foundation
import Testing

@testable import Transport

@Suite("What the loop is told of its descriptors, by either of the system's calls", .timeLimit(.minutes(1)))
struct PollerTests {
    static let kinds = [PollerKind.native, .portable]

    /// Two connected sockets.
    private struct Pair {
        let near: Socket
        let far: Socket

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, SystemCall.streamSocket, 0, &ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
            (near, far) = (
                Socket(Descriptor(owning: ends[0]), family: AF_UNIX),
                Socket(Descriptor(owning: ends[1]), family: AF_UNIX)
            )
        }

        func sendFar(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { far.send($0) } }
    }

    /// Runs `body` on a loop of its own, and stops it.
    private func onLoop<Value: Sendable>(
        _ kind: PollerKind,
        _ body: @escaping @Sendable (EventLoop, AsyncStream<Value>.Continuation) throws -> Void
    ) async throws -> Value? {
        let loop = try EventLoop(name: "poller", poller: kind)
        defer { loop.stop() }
        let (stream, feed) = AsyncStream.makeStream(of: Value.self)
        try await loop.run { try body(loop, feed) }
        return await stream.first { _ in true }
    }

    @Test("readable and writable are told as they are waited for", arguments: kinds)
    func readiness(kind: PollerKind) async throws {
        let seen: [UInt8]? = try await onLoop(kind) { loop, feed in
            let pair = try Pair()
            var seen: [UInt8] = []
            var watch: LoopWatch?
            watch = loop.watch(pair.near, for: .writable) { readiness in
                seen.append(readiness.rawValue)
                if readiness == .writable {
                    watch?.interest = .readable
                    pair.sendFar("x")
                } else {
                    watch = nil
                    feed.yield(seen)
                }
            }
        }
        #expect(seen == [Readiness.writable.rawValue, Readiness.readable.rawValue])
    }

    @Test(
        "a descriptor that is closed by an earlier handler of the turn is not told as the one that has its number now",
        arguments: kinds)
    func staleEvents(kind: PollerKind) async throws {
        let told: [String]? = try await onLoop(kind) { loop, feed in
            let (first, second) = (try Pair(), try Pair())
            var told: [String] = []
            var watches: [LoopWatch] = []
            var sockets: [Pair] = [first, second]
            /// Whichever comes first closes both and opens as many again, which get the old numbers.
            func handle(_ name: String) {
                told.append(name)
                guard told.count == 1 else { return }
                watches = []
                sockets = []
                loop.schedule(after: .zero) {}
                if let again = try? (Pair(), Pair()) {
                    sockets = [again.0, again.1]
                    watches = sockets.map { pair in
                        loop.watch(pair.near, for: .readable) { _ in told.append("new") }
                    }
                }
                loop.schedule(after: .milliseconds(50)) {
                    withExtendedLifetime((sockets, watches)) {}
                    feed.yield(told)
                }
            }
            watches = [
                loop.watch(first.near, for: .readable) { _ in handle("first") },
                loop.watch(second.near, for: .readable) { _ in handle("second") },
            ]
            first.sendFar("x")
            second.sendFar("x")
        }
        #expect(told?.count == 1 && told?.contains("new") == false, "\(told ?? [])")
    }

    @Test("a hang-up does not keep a loop awake that waits for nothing", arguments: kinds)
    func quietHangUp(kind: PollerKind) async throws {
        let count: Int? = try await onLoop(kind) { loop, feed in
            let near = try Pair().near  // the far end is closed at once
            var count = 0
            let watch = loop.watch(near, for: .readable) { _ in count += 1 }
            watch.interest = []
            loop.schedule(after: .milliseconds(50)) {
                withExtendedLifetime(watch) {}
                feed.yield(count)
            }
        }
        #expect(count == 0)
    }

    @Test("of more ready descriptors than one turn takes, each has its turn", arguments: kinds)
    func fairness(kind: PollerKind) async throws {
        let count: Int? = try await onLoop(kind) { loop, feed in
            let pairs = try (0..<3 * PollerLimit.events).map { _ in try Pair() }
            var seen: Set<Int> = []
            var watches: [LoopWatch] = []
            for (index, pair) in pairs.enumerated() {
                pair.sendFar("x")
                // Nobody reads: they stay ready.
                watches.append(
                    loop.watch(pair.near, for: .readable) { _ in
                        seen.insert(index)
                        guard seen.count == pairs.count else { return }
                        watches = []
                        feed.yield(seen.count)
                    })
            }
        }
        #expect(count == 3 * PollerLimit.events)
    }

    @Test("a watch that is let go of on another thread ends", arguments: kinds)
    func letGoElsewhere(kind: PollerKind) async throws {
        let loop = try EventLoop(name: "poller", poller: kind)
        defer { loop.stop() }
        let far = try await loop.run {
            let pair = try Pair()
            let watch = LoopBound(loop.watch(pair.near, for: .readable) { _ in }, on: loop)
            Thread.detachNewThread { _ = watch }
            return pair.far
        }
        // The near end is closed with its watch: then the far one reads its end.
        var byte: UInt8 = 0
        while withUnsafeMutableBytes(of: &byte, { far.receive(into: $0) }) != .end { await Task.yield() }
    }

    @Test("descriptors are closed in programs that are started", arguments: [true, false])
    func closedOnExec(isAccepted: Bool) async throws {
        let loop = EventLoop.forTests
        let flags = try await loop.run {
            guard isAccepted else { return Self.flags(of: try Socket.open(AF_INET)) }
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            let (listener, client) = (try Socket.open(AF_INET), try Socket.open(AF_INET))
            try listener.listen(at: address, backlog: 1)
            let bound = try #require(SocketAddress(numericHost: "127.0.0.1", port: listener.boundPort))
            _ = try client.connect(to: bound)
            var accepted: Socket?
            while accepted == nil { accepted = listener.accept(family: AF_INET) }
            return Self.flags(of: try #require(accepted))
        }
        #expect(flags & FD_CLOEXEC != 0)
    }

    /// The socket is open until they are read: another test may get its number then.
    private static func flags(of socket: Socket) -> Int32 {
        withExtendedLifetime(socket) { fcntl(socket.number, F_GETFD) }
    }
}
