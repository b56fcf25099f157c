import Agent
import ClawdTalkAPI
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

/// Found by scripts/chaos.sh: what is in front of them in the lane is told that the bridge stops, and so it is their turn.
@Suite("Texts and reports while the bridge stops")
struct TextStopTests {
    @Test(
        "what waits in the lane is not asked any more: the next process does that", arguments: [false, true])
    func waiting(isReport: Bool) {
        let fixture = MessageFixture()
        let question = AgentQuestion(.call("c"), text: "w:first", timeLimit: .seconds(60))
        fixture.time.schedule(after: .seconds(5)) { fixture.lanes.ask(question) { _ in } }
        if isReport {
            fixture.reports.accept(CallOutcome(callID: "c1"))
        } else {
            fixture.time.schedule(after: .seconds(5)) { fixture.receive("one") }
        }
        fixture.advance(5.05)
        fixture.stop()
        fixture.advance(10)
        #expect(fixture.agent.asked.count == 1)
        fixture.restart()
        fixture.advance(20)
        #expect(fixture.agent.asked.count == 2)
    }

    /// Found by scripts/chaos.sh, which went by the log.
    @Test("a report of which nobody can find out whether it was told is not told again, and the log says so")
    func uncertain() {
        let fixture = MessageFixture()
        fixture.gateway.script = { call in
            call.tool == "sessions_history"
                ? .rows([String](repeating: ScriptedAgent.row("w:other", input: false), count: 480))
                : .failure(mayHaveArrived: true)
        }
        fixture.reports.accept(CallOutcome(callID: "c1"))
        fixture.advance(5.05)
        fixture.restart()
        fixture.advance(60)
        #expect(fixture.gateway.sends.count == 1 && fixture.reports.waitingCount == 0)
        #expect(fixture.journal.count(of: "it is not known whether the agent was told") == 1)
        #expect(fixture.journal.count(of: "the agent was told how calls ended") == 1)
    }

    @Test("what was asked already is found by the next process")
    func asked() {
        let fixture = MessageFixture()
        fixture.receive("one")
        fixture.advance(0.1)
        #expect(fixture.agent.askedWords == ["one"] && fixture.service.sent.isEmpty)
        fixture.stop()
        fixture.advance(10)
        fixture.restart()
        fixture.advance(30)
        #expect(fixture.agent.askedWords == ["one"] && fixture.service.sent.count == 1)
    }
}
