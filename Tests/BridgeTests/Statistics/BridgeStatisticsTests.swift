import ClawdTalkAPI
import TestSupport
import Testing

@testable import Bridge

@Suite("What a bridge tells of itself")
struct BridgeStatisticsTests {
    private let fixture = BridgeFixture()
    private var service: ScriptedService { fixture.service }

    @Test("an answer's time goes from the question to the answer; a failure has none")
    func answerTimes() {
        fixture.connect()
        fixture.reply("42.", after: .milliseconds(1500))
        fixture.ask(id: "r1")
        fixture.time.advance(seconds: 2)
        #expect(fixture.bridge.status.answerTimes.recent == [1.5])
        fixture.gateway.script = { _ in .details(#"{"status":"forbidden","error":"no"}"#, after: .zero) }
        fixture.ask(id: "r2")
        fixture.time.advance(seconds: 2)
        let status = fixture.bridge.status
        #expect(status.answerTimes.recent == [1.5] && status.failed == 1)
    }

    @Test("silence lasts from a question to the first sentence, and from one to the next")
    func silence() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(12))
        fixture.ask()
        fixture.time.advance(seconds: 2)
        // It counts while it lasts.
        #expect(fixture.bridge.status.longestSilence == .seconds(2))
        fixture.time.advance(seconds: 12)
        let longest = fixture.bridge.status.longestSilence
        #expect(longest > .seconds(5) && longest <= .seconds(6))
    }

    @Test("while the line is away nothing is heard, whatever is said")
    func silenceWithoutLine() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(1))
        fixture.ask()
        service.current.end()
        fixture.time.advance(seconds: 20)
        #expect(fixture.bridge.status.longestSilence == .seconds(20))
        service.current.logIn()
        #expect(fixture.heard() == ["42."])
        fixture.time.advance(seconds: 100)
        #expect(fixture.bridge.status.longestSilence == .seconds(20))
    }

    @Test("nobody is left in silence by a call that ended")
    func silenceAfterCall() {
        fixture.connect()
        fixture.ask()
        fixture.event("call.ended", #""call_id":"c1""#)
        fixture.time.advance(seconds: 500)
        #expect(fixture.bridge.status.longestSilence == .zero)
    }

    @Test("who hangs up after a silence has heard it")
    func silenceUntilHangUp() {
        fixture.connect()
        fixture.ask()
        service.current.end()
        fixture.time.advance(seconds: 30)
        fixture.bridge.handle(.callEnded(CallOutcome(callID: "c1")))
        fixture.time.advance(seconds: 100)
        #expect(fixture.bridge.status.longestSilence == .seconds(30))
    }

    @Test(
        "an answer that nobody could be told in time ends the silence, and the next process has nothing to say of it"
    )
    func lostAnswer() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(1))
        fixture.ask()
        service.current.end()
        fixture.time.advance(seconds: 200)
        service.current.logIn()
        #expect(fixture.heard().isEmpty)
        let silence = fixture.bridge.status.longestSilence
        #expect(silence == .seconds(200))
        fixture.time.advance(seconds: 100)
        let status = fixture.bridge.status
        #expect(status.longestSilence == silence && status.undelivered == 0)
        let next = BridgeFixture(after: fixture)
        next.connect()
        #expect(next.results().isEmpty)
    }

    @Test("a call whose end was never told is not live for ever")
    func forgottenCall() {
        fixture.connect()
        fixture.event("call.started", #""call_id":"c1""#)
        #expect(fixture.bridge.status.liveCalls == 1)
        fixture.time.advance(seconds: 4 * 3600)
        #expect(fixture.bridge.status.liveCalls == 0)
    }

    @Test("outages have their cause, when they began and how long they lasted; the latest five are kept")
    func outages() {
        fixture.connect()
        fixture.time.advance(seconds: 61)
        service.current.end()
        #expect(fixture.bridge.status.outages.lastFailure == "test")
        fixture.time.advance(seconds: 1)
        service.current.logIn()
        let status = fixture.bridge.status
        #expect(status.reconnects == 1 && status.outages.lastFailure == nil)
        let outage = status.outages.recent.first
        #expect(outage?.cause == "test" && outage?.began == .seconds(61) && outage?.ended == .seconds(62))
        for _ in 0..<6 {
            service.current.end()
            fixture.time.advance(seconds: 60)
            service.current.logIn()
        }
        #expect(fixture.bridge.status.outages.recent.count == 5)
    }

    @Test("a login is followed by a ping, so that its time is known at once")
    func firstPing() {
        fixture.connect()
        #expect(service.current.pings == [[]])
        service.current.roundTrip = .milliseconds(7)
        #expect(fixture.bridge.status.roundTrip == .milliseconds(7))
    }
}
