import Agent
import ClawdTalkAPI
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("A disk that takes its time holds up no caller, and no step comes before its save")
struct SlowDiskTests {
    private let fixture = MessageFixture()

    init() { (fixture.textSpool.isSlow, fixture.reportSpool.isSlow) = (true, true) }

    /// A caller's question, in the session of the texts.
    private func call(_ word: String) {
        let question = AgentQuestion(.call("c"), text: "w:\(word)", timeLimit: .seconds(60))
        fixture.lanes.ask(question) { _ in }
    }

    /// The disk catches up again and again, while time goes on.
    private func settle(_ rounds: Int = 12) {
        for _ in 0..<rounds {
            fixture.textSpool.catchUp()
            fixture.reportSpool.catchUp()
            fixture.advance(1)
        }
    }

    private func expectOnce(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(fixture.agent.askedWords == ["one"], sourceLocation: sourceLocation)
        #expect(fixture.service.sent.map(\.body) == ["Reply to one."], sourceLocation: sourceLocation)
        #expect(fixture.texts.waitingCount == 0, sourceLocation: sourceLocation)
    }

    @Test("a caller is answered while a text waits for the disk, and the agent is not asked for the text")
    func caller() {
        fixture.receive("one")
        fixture.advance(5)
        call("two")
        fixture.advance(5)
        #expect(fixture.agent.askedWords == ["two"])
        settle()
        #expect(fixture.agent.askedWords == ["two", "one"])
        #expect(fixture.service.sent.map(\.body) == ["Reply to one."] && fixture.texts.waitingCount == 0)
    }

    @Test("the owner's phone does not ring for a text that is not on the disk yet")
    func approval() {
        fixture.service.approval.status = "approved"
        fixture.receiveSensitive()
        fixture.advance(10)
        #expect(fixture.service.approvals.isEmpty)
        settle(40)
        #expect(fixture.service.approvals.count == 1 && fixture.agent.askedWords == ["one"])
    }

    @Test("a caller is answered while the end of a call waits for the disk, and the agent is not told")
    func report() {
        fixture.reports.accept(CallOutcome(callID: "c1"))
        fixture.advance(10)
        call("two")
        fixture.advance(5)
        #expect(fixture.agent.asked.count == 1 && fixture.agent.askedWords == ["two"])
        // One that ends meanwhile begins no second message.
        fixture.reports.accept(CallOutcome(callID: "c2"))
        fixture.advance(10)
        #expect(fixture.agent.asked.count == 1)
        settle()
        #expect(fixture.agent.asked.count == 3 && fixture.reports.waitingCount == 0)
    }

    @Test("an answer is not sent before it is written down that it is")
    func sending() {
        fixture.receive("one")
        fixture.textSpool.catchUp()
        fixture.advance(1)
        fixture.textSpool.catchUp()
        fixture.advance(10)
        #expect(fixture.agent.askedWords == ["one"] && fixture.service.attempts.isEmpty)
        settle()
        expectOnce()
    }

    @Test("killed after so many saves, the rest lost: asked once, answered once", arguments: 1...6)
    func killed(saves: Int) {
        fixture.receive("one")
        for _ in 0..<saves {
            fixture.textSpool.catchUp()
            fixture.advance(1)
        }
        fixture.restart()
        settle(60)
        expectOnce()
    }

    @Test("stopped while the disk writes: the next process asks at once", arguments: [0, 1])
    func stopped(catchUps: Int) {
        fixture.receive("one")
        for _ in 0..<catchUps { fixture.textSpool.catchUp() }
        fixture.advance(1)
        fixture.stop()
        while fixture.textSpool.catchUp() > 0 {}
        fixture.advance(5)
        #expect(fixture.agent.asked.isEmpty)
        fixture.textSpool.isSlow = false
        fixture.restart()
        fixture.advance(2)
        #expect(fixture.agent.askedWords == ["one"] && fixture.service.sent.count == 1)
    }

    @Test("a disk that turns out full: one line in the log, and the text is asked when there is room")
    func full() {
        fixture.textSpool.isFull = true
        fixture.receive("one")
        settle()
        #expect(fixture.agent.asked.isEmpty && fixture.texts.waitingCount == 1)
        #expect(fixture.journal.count(of: "spool cannot be written") == 1)
        fixture.textSpool.isFull = false
        settle(60)
        expectOnce()
        #expect(fixture.journal.count(of: "spool can be written again") == 1)
    }
}
