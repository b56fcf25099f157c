import TestSupport
import Testing

@testable import Bridge

@Suite("What comes for a call after its end")
struct BridgeEndedCallTests {
    private func ended(_ fixture: BridgeFixture = BridgeFixture()) -> BridgeFixture {
        fixture.connect()
        fixture.reply("42.")
        fixture.event("call.started", #""call_id":"c1""#)
        fixture.event("call.ended", #""call_id":"c1""#)
        return fixture
    }

    @Test(
        "an event that comes late brings the call back to life for nobody: no greeting, no question",
        arguments: [
            ("context_request", ""), ("call.started", ""), ("message", #","text":"What is it?""#),
            ("call.ended", ""),
        ])
    func late(event: String, members: String) {
        let fixture = ended()
        let sent = fixture.service.current.sent.count
        fixture.event(event, #""call_id":"c1"\#(members)"#)
        fixture.time.advance(seconds: 10)
        #expect(fixture.service.current.sent.count == sent && fixture.gateway.sends.isEmpty)
        #expect(fixture.bridge.status.liveCalls == 0 && fixture.responses().count == 1)
        #expect(fixture.recorder.events.count == 3)
    }

    @Test("a question that comes late is told the truth at once, each time, and the agent is not asked")
    func question() {
        let fixture = ended()
        for _ in 0..<2 {
            fixture.ask()
            fixture.time.advance(seconds: 1)
            fixture.service.current.answerPings()
        }
        let sentence = Phrases.english.callHasEnded
        #expect(fixture.results() == [sentence, sentence] && fixture.gateway.sends.isEmpty)
        #expect(fixture.bridge.status.liveCalls == 0 && fixture.bridge.status.openQuestions == 0)
    }

    @Test("a request that was answered before the end gets its own answer again")
    func answered() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.")
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.service.current.answerPings()
        fixture.event("call.ended", #""call_id":"c1""#)
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.results() == ["42.", "42."] && fixture.gateway.sends.count == 1)
    }

    @Test("also for the process after this one, for an hour", arguments: [0, 3_500, 3_700])
    func restart(absence: Int) {
        let second = BridgeFixture(after: ended(), absence: absence)
        second.connect()
        second.reply("42.")
        second.event("context_request", #""call_id":"c1""#)
        second.ask()
        second.time.advance(seconds: 1)
        let isKnown = absence < 3_600
        #expect(second.results() == [isKnown ? Phrases.english.callHasEnded : "42."])
        #expect(second.responses().count == (isKnown ? 0 : 1))
    }

    @Test(
        "a call whose end was lost is live for four hours in all, restarts or not, and whatever the clock does"
    )
    func lost() {
        var fixture = BridgeFixture()
        fixture.connect()
        fixture.event("call.started", #""call_id":"c1""#)
        for hour in 1...3 {
            fixture.time.advance(seconds: 60)
            fixture.changeClock(by: 90_000)
            fixture.time.advance(seconds: 60)
            fixture = BridgeFixture(after: fixture, absence: 3_480)
            fixture.connect()
            #expect(fixture.bridge.status.liveCalls == 1, "\(hour)")
        }
        fixture.time.advance(seconds: 3_590)
        #expect(fixture.bridge.status.liveCalls == 1)
        fixture.time.advance(seconds: 20)
        #expect(fixture.bridge.status.liveCalls == 0)
        #expect(BridgeFixture(after: fixture, absence: 60).bridge.status.liveCalls == 0)
    }

    @Test("a question is not dropped as too old because the clock jumped before the process ended")
    func openQuestion() {
        let first = BridgeFixture()
        first.connect()
        first.gateway.script = { _ in .never }
        first.ask()
        first.changeClock(by: 90_000)
        first.time.advance(seconds: 90)
        let second = BridgeFixture(after: first)
        second.connect()
        second.time.advance(seconds: 1)
        #expect(second.results() == [Phrases.english.interrupted])
    }
}
