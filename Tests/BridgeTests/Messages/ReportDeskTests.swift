import Agent
import ClawdTalkAPI
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("Reports of calls: each once, in bursts, through crashes and while the gateway is away")
struct ReportDeskTests {
    private let fixture = MessageFixture()

    private func end(_ id: String, in fixture: MessageFixture, direction: String? = "outbound") {
        var outcome = CallOutcome(callID: id)
        (outcome.direction, outcome.purpose) = (direction, "p-\(id)")
        fixture.reports.accept(outcome)
    }

    private func end(_ ids: String...) { for id in ids { end(id, in: fixture) } }

    /// How often the agent was told of a call.
    private func count(_ id: String) -> Int { fixture.agent.asked.count { $0.contains("p-\(id).") } }

    @Test("a report needs no answer; nothing of it is in the log or stays on the disk")
    func told() {
        end("c1")
        #expect(fixture.reports.waitingCount == 1)
        fixture.advance(4.9)
        #expect(fixture.agent.asked.isEmpty)
        fixture.advance(1)
        #expect(count("c1") == 1 && fixture.gateway.sends[0].timeoutSeconds == 0)
        #expect(fixture.reports.waitingCount == 0)
        #expect(!fixture.reportSpool.text.contains("p-c1") && !fixture.journal.text.contains("p-c1"))
    }

    @Test(
        "a report waits until the last call ended long enough ago; all that ended until then are one message")
    func bursts() {
        end("c1")
        fixture.advance(4)
        end("c2", "c3")
        fixture.advance(4.9)
        #expect(fixture.agent.asked.isEmpty)
        fixture.advance(1)
        end("c4")
        fixture.advance(10)
        #expect(fixture.agent.asked.count == 2 && fixture.agent.asked[0].contains("3 calls have ended"))
        #expect(["c1", "c2", "c3", "c4"].allSatisfy { count($0) == 1 })
    }

    @Test("while another call is in progress nothing is reported; then the wait starts again")
    func liveCall() {
        let fixture = MessageFixture { $0.reportsAfter = .seconds(120) }
        end("c1", in: fixture)
        fixture.advance(60)
        fixture.hasLiveCall = true
        fixture.advance(900)
        #expect(fixture.agent.asked.isEmpty && fixture.reports.waitingCount == 1)
        fixture.hasLiveCall = false
        end("c2", in: fixture)
        fixture.advance(119)
        #expect(fixture.agent.asked.isEmpty)
        fixture.advance(2)
        #expect(fixture.agent.asked.count == 1 && fixture.agent.asked[0].contains("2 calls have ended"))
    }

    @Test("a call that is reported to nobody holds the others back too, until it has ended long enough ago")
    func outOfScope() {
        let fixture = MessageFixture { ($0.reportsAfter, $0.reportScope) = (.seconds(120), .outbound) }
        end("c1", in: fixture)
        fixture.advance(100)
        end("c2", in: fixture, direction: "inbound")
        fixture.advance(119)
        #expect(fixture.agent.asked.isEmpty)
        fixture.advance(2)
        #expect(fixture.agent.asked.count == 1)
    }

    @Test(
        "30 minutes after its own call's end a report goes out, whatever calls there are",
        arguments: [false, true])
    func atTheLatest(hasLiveCall: Bool) {
        let fixture = MessageFixture { $0.reportsAfter = .seconds(120) }
        fixture.hasLiveCall = hasLiveCall
        for number in 0..<40 {
            end("c\(number)", in: fixture)
            fixture.advance(60)
            #expect(fixture.agent.asked.count == (number < 30 - 1 ? 0 : 1))
        }
    }

    @Test("the wait goes on where a process before this one began it")
    func waitOverRestarts() {
        let fixture = MessageFixture { $0.reportsAfter = .seconds(120) }
        end("c1", in: fixture)
        fixture.advance(50)
        fixture.restart(after: 20)
        fixture.advance(48)
        #expect(fixture.agent.asked.isEmpty)
        fixture.advance(4)
        #expect(fixture.agent.asked.count == 1)
        end("c2", in: fixture)
        fixture.hasLiveCall = true
        fixture.restart(after: 1_500)
        fixture.advance(298)
        #expect(fixture.agent.asked.count == 1)
        fixture.advance(4)
        #expect(fixture.agent.asked.count == 2)
    }

    @Test("a changed wait counts at once")
    func changedWait() {
        let fixture = MessageFixture { $0.reportsAfter = .seconds(3_600) }
        end("c1", in: fixture)
        fixture.advance(60)
        var settings = MessageSettings()
        settings.reportsAfter = .seconds(30)
        fixture.reports.apply(settings)
        fixture.advance(1)
        #expect(fixture.agent.asked.count == 1)
    }

    @Test("many calls are several messages")
    func many() {
        for number in 0..<50 { end("c\(number)") }
        fixture.advance(60)
        #expect(fixture.agent.asked.count == 3 && (0..<50).allSatisfy { count("c\($0)") == 1 })
    }

    @Test("a call that ends twice is reported once, also after a restart")
    func duplicates() {
        end("c1", "c1")
        fixture.advance(10)
        end("c1")
        fixture.restart()
        end("c1")
        fixture.advance(10)
        #expect(fixture.agent.asked.count == 1)
    }

    @Test(
        "the scope",
        arguments: [
            (ReportScope.all, ["in", "out", "unknown"]), (.outbound, ["out"]), (.none, []),
        ])
    func scope(scope: ReportScope, expected: [String]) {
        let fixture = MessageFixture { $0.reportScope = scope }
        end("in", in: fixture, direction: "inbound")
        end("out", in: fixture)
        end("unknown", in: fixture, direction: nil)
        fixture.advance(10)
        #expect(
            ["in", "out", "unknown"].filter { id in fixture.agent.asked.contains { $0.contains("p-\(id).") } }
                == expected)
    }

    @Test("a gateway that is away for a day, with restarts in between: told once it is back")
    func away() {
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        end("c1")
        fixture.advance(12 * 3600)
        fixture.restart()
        end("c2")
        fixture.advance(12 * 3600)
        #expect(fixture.reports.waitingCount == 2 && !fixture.lanes.isBusy)
        fixture.agent.mood = .thinking
        fixture.advance(700)
        #expect(count("c1") == 1 && count("c2") == 1 && fixture.reports.waitingCount == 0)
        #expect(fixture.agent.asked[0].contains("ago"))
    }

    @Test("after a week the outcome is no news")
    func old() {
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        end("c1")
        fixture.advance(60)
        fixture.restart(after: 6 * 24 * 3600)
        fixture.advance(23 * 3600)
        #expect(fixture.reports.waitingCount == 1)
        fixture.advance(3600 + 700)
        #expect(fixture.reports.waitingCount == 0 && fixture.journal.count(of: "gave up") == 1)
    }

    @Test("killed right after any save, and started again", arguments: 1...6)
    func afterSave(number: Int) {
        fixture.reportSpool.onSaved = { [unowned fixture] _ in
            if fixture.reportSpool.saveCount == number { fixture.kill() }
        }
        end("c1", "c2")
        fixture.advance(60)
        fixture.restart()
        if number == 1 { end("c2") }
        fixture.advance(60)
        #expect(count("c1") == 1 && count("c2") == 1 && fixture.reports.waitingCount == 0)
    }

    @Test("a call that breaks off: what the history has is not told again")
    func breaking() {
        fixture.agent.mood = .breaking
        end("c1")
        fixture.advance(60)
        #expect(count("c1") == 1 && fixture.reports.waitingCount == 0)
    }

    @Test("a run that failed after it took the report: it is not told again")
    func failing() {
        fixture.agent.mood = .failing
        end("c1")
        fixture.advance(24 * 3600)
        #expect(count("c1") == 1 && fixture.reports.waitingCount == 0)
    }

    @Test("a save that fails anywhere costs time, not the report", arguments: 1...6)
    func failingSave(number: Int) {
        fixture.reportSpool.failingSaves = [number]
        end("c1", "c2")
        fixture.advance(60)
        #expect(count("c1") == 1 && count("c2") == 1 && fixture.reports.waitingCount == 0)
    }

    @Test("a full disk: nothing is told, and all of it when there is room")
    func fullDisk() {
        fixture.reportSpool.isFull = true
        end("c1", "c2")
        fixture.advance(120)
        #expect(fixture.agent.asked.isEmpty && fixture.journal.count(of: "spool cannot be written") == 1)
        #expect(fixture.journal.count(of: "") == 1)
        fixture.reportSpool.isFull = false
        fixture.advance(300)
        #expect(count("c1") == 1 && count("c2") == 1)
    }
}
