import Ports
import Testing

@testable import Bridge

@Suite("When the service is tried again")
struct BackoffTests {
    private let lost = WebSocketPortEnding(reason: "lost")
    private let kicked = WebSocketPortEnding(closeCode: 4000, reason: "kicked")

    @Test("first within 1 s, doubling to 8 s, full jitter")
    func doubling() {
        var backoff = Backoff()
        let delays = (0..<6).map {
            backoff.delay(after: lost, now: .seconds($0), hasLiveCall: false, random: 1)
        }
        #expect(delays == [1, 2, 4, 8, 8, 8].map { .seconds($0) })
        var other = Backoff()
        #expect(other.delay(after: lost, now: .zero, hasLiveCall: false, random: 0.5) == .milliseconds(500))
        #expect(other.delay(after: lost, now: .zero, hasLiveCall: false, random: 0) == .zero)
    }

    @Test("with a caller on the line the first try comes within 250 ms")
    func liveCall() {
        var backoff = Backoff()
        let delays = (0..<3).map { _ in backoff.delay(after: lost, now: .zero, hasLiveCall: true, random: 1) }
        #expect(delays == [.milliseconds(250), .milliseconds(500), .seconds(1)])
    }

    @Test("an outage older than two minutes is tried up to every minute")
    func longOutage() {
        var backoff = Backoff()
        for _ in 0..<10 { _ = backoff.delay(after: lost, now: .zero, hasLiveCall: false, random: 1) }
        #expect(backoff.delay(after: lost, now: .seconds(119), hasLiveCall: false, random: 1) == .seconds(8))
        #expect(backoff.delay(after: lost, now: .seconds(121), hasLiveCall: false, random: 1) == .seconds(60))
    }

    @Test("a good minute makes it forget, a shorter connection does not")
    func reset() {
        var backoff = Backoff()
        for _ in 0..<5 { _ = backoff.delay(after: lost, now: .zero, hasLiveCall: false, random: 1) }
        backoff.connected(at: .seconds(10))
        #expect(backoff.delay(after: lost, now: .seconds(69), hasLiveCall: false, random: 1) == .seconds(8))
        backoff.connected(at: .seconds(100))
        #expect(backoff.delay(after: lost, now: .seconds(160), hasLiveCall: false, random: 1) == .seconds(1))
    }

    @Test("Retry-After is obeyed")
    func retryAfter() {
        var backoff = Backoff()
        let limited = WebSocketPortEnding(retryAfterSeconds: 60, reason: "429")
        #expect(backoff.delay(after: limited, now: .zero, hasLiveCall: true, random: 0) == .seconds(60))
    }

    @Test("but not for ever: ten minutes at most")
    func absurdRetryAfter() {
        var backoff = Backoff()
        let absurd = WebSocketPortEnding(retryAfterSeconds: .max, reason: "503")
        #expect(backoff.delay(after: absurd, now: .zero, hasLiveCall: false, random: 0) == .seconds(600))
    }

    @Test("after a takeover 5, then 10 s; at the third it is given up")
    func takeover() {
        var backoff = Backoff()
        backoff.connected(at: .zero)
        #expect(backoff.delay(after: kicked, now: .seconds(1), hasLiveCall: false, random: 0) == .seconds(5))
        backoff.connected(at: .seconds(7))
        #expect(backoff.delay(after: kicked, now: .seconds(8), hasLiveCall: false, random: 0) == .seconds(10))
        backoff.connected(at: .seconds(20))
        #expect(backoff.delay(after: kicked, now: .seconds(21), hasLiveCall: false, random: 0) == nil)
    }

    @Test("a good minute between takeovers starts the count anew")
    func takeoverForgotten() {
        var backoff = Backoff()
        for start in [0, 100, 200, 300] {
            backoff.connected(at: .seconds(start))
            #expect(
                backoff.delay(after: kicked, now: .seconds(start + 61), hasLiveCall: false, random: 0)
                    == .seconds(5))
        }
    }
}
