import Testing

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
}
