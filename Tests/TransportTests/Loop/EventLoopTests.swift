import Foundation
import Testing
import Wire

@testable import Transport

@Suite("The loop: one thread, jobs in order, timers in time")
struct EventLoopTests {
    private let loop = EventLoop.forTests

    @Test("jobs run on the loop's thread, in order")
    func order() async throws {
        let (stream, feed) = AsyncStream.makeStream(of: Int.self)
        let loop = loop
        for number in 0..<100 {
            loop.execute {
                if loop.isCurrent { feed.yield(number) }
                if number == 99 { feed.finish() }
            }
        }
        #expect(await stream.reduce(into: []) { $0.append($1) } == Array(0..<100))
        #expect(!loop.isCurrent)
    }

    @Test("timers fire by time, not by the order they were made in; cancelled ones never")
    func timers() async throws {
        let (stream, feed) = AsyncStream.makeStream(of: Int.self)
        let loop = loop
        try await loop.run {
            loop.schedule(after: .milliseconds(30)) {
                feed.yield(3); feed.finish()
            }
            loop.schedule(after: .milliseconds(10)) { feed.yield(1) }
            loop.schedule(after: .milliseconds(20)) { feed.yield(2) }
            loop.schedule(after: .milliseconds(15)) { feed.yield(9) }.cancel()
        }
        #expect(await stream.reduce(into: []) { $0.append($1) } == [1, 2, 3])
    }

    @Test("equal times keep their order")
    func equalTimes() async throws {
        let (stream, feed) = AsyncStream.makeStream(of: Int.self)
        let loop = loop
        try await loop.run {
            for number in 0..<10 {
                loop.schedule(after: .zero) {
                    feed.yield(number); if number == 9 { feed.finish() }
                }
            }
        }
        #expect(await stream.reduce(into: []) { $0.append($1) } == Array(0..<10))
    }

    @Test("a stopped loop ends its thread and frees itself")
    func stop() async throws {
        weak var ended: EventLoop?
        do {
            let other = try EventLoop(name: "short")
            ended = other
            try await other.run {}
            other.stop()
        }
        while ended != nil { await Task.yield() }
    }

    @Test("a job for a loop that was stopped ends with an error instead of never", .timeLimit(.minutes(1)))
    func afterStop() async throws {
        let other = try EventLoop(name: "short")
        other.stop()
        await #expect(throws: TransportFailure.cancelled) {
            while true { try await other.run {} }
        }
    }

    @Test("what is under way when the loop stops ends with an error", .timeLimit(.minutes(1)))
    func stopUnderWay() async throws {
        let other = try EventLoop(name: "short")
        let silent = try await SilentServer(on: loop)
        let client = try await HTTPClient(on: other) { () throws(TransportFailure) in throw .cancelled }
        let response = Task {
            try await client.response(
                to: HTTPRequest(method: "GET", url: "http://127.0.0.1:\(silent.port)/"),
                deadline: .seconds(50))
        }
        #expect(await silent.nextRequest())
        other.stop()
        await #expect(throws: TransportFailure.cancelled) { try await response.value }
    }

    @Test("a listener that nobody holds any more listens no more")
    func droppedListener() async throws {
        let loop = loop
        let outcome = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            let port = try Listener(address, on: loop) { _ in }.port
            let bound = try #require(SocketAddress(numericHost: "127.0.0.1", port: port))
            let socket = try Socket.open(AF_INET)
            do throws(TransportFailure) {
                _ = try socket.connect(to: bound)
                return TransportFailure.cancelled
            } catch { return error }
        }
        // Loopback refuses at once, or when it is waited for.
        #expect(outcome == .system(.connect, code: ECONNREFUSED) || outcome == .cancelled)
    }

    @Test("timers by the thousand, of which every other one is cancelled, are due in their order")
    func manyTimers() {
        var queue = TimerQueue()
        let timers = (0..<2_000).map {
            LoopTimer(dueAt: .milliseconds($0 / 2), order: UInt64($0), loop: loop) {}
        }
        for timer in timers.shuffled() { queue.insert(timer) }
        for timer in timers.shuffled() where timer.order % 2 == 0 { queue.remove(timer) }
        queue.remove(timers[0])  // a second time
        var due: [UInt64] = []
        #expect(queue.nextDueAt == .zero && queue.popDue(at: .milliseconds(-1)) == nil)
        while let timer = queue.popDue(at: .seconds(1)) { due.append(timer.order) }
        #expect(due == Array(stride(from: 1, to: 2_000, by: 2)))
    }
}
