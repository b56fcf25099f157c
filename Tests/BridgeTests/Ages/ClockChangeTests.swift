import ClawdTalkAPI
import TestSupport
import Testing

@testable import Bridge

@Suite("Texts and reports while the clock of the machine is changed")
struct ClockChangeTests {
    private let fixture = MessageFixture()

    @Test("a report is neither given up early nor older in words than it is")
    func report() {
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        fixture.reports.accept(CallOutcome(callID: "c1"))
        fixture.advance(100)
        fixture.clockChange = 8 * 24 * 3600
        fixture.advance(60)
        fixture.restart()
        fixture.agent.mood = .answering
        fixture.advance(400)
        #expect(fixture.agent.asked.count == 1 && !fixture.agent.asked[0].contains("ago"))
    }

    @Test("an id is not forgotten early, so that a text that comes twice is answered once")
    func ids() {
        fixture.receive("one")
        fixture.advance(10)
        fixture.clockChange = 72 * 3600
        fixture.receive("two")
        fixture.advance(10)
        fixture.receive("one")
        fixture.advance(10)
        #expect(fixture.agent.askedWords == ["one", "two"])
    }

    @Test(
        "an answer that was sent before a jump is found in the service's list", arguments: [86_400, -86_400])
    func sent(seconds: Int) {
        fixture.clockChange = -seconds
        fixture.advance(100)
        fixture.service.faults = [.lostAnswer]
        fixture.receive("one")
        fixture.advance(1)
        fixture.clockChange = 0
        fixture.advance(100)
        #expect(fixture.service.sent.count == 1 && fixture.texts.waitingCount == 0)
    }

    @Test("a text of the future, from a clock that nobody remembers, grows old like any other")
    func future() {
        let spool = fixture.textSpool
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        let text = IncomingText(messageID: "m", sender: "+1", body: "w:one")
        let ahead = fixture.service.unixTime + 900 * 86_400
        spool.save(TextEntry(number: 1, text: text, receivedAt: Timestamp(unix: ahead, steady: ahead))) { _ in
        }
        fixture.restart()
        fixture.advance(20 * 3600)
        fixture.restart()
        #expect(fixture.texts.waitingCount == 1)
        fixture.advance(5 * 3600)
        #expect(fixture.texts.waitingCount == 0)
    }
}
