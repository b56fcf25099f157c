import Agent
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("Texts: a crash in between neither loses nor doubles")
struct TextCrashTests {
    private let fixture = MessageFixture()

    /// Everything came out right: asked once, answered once, nothing left.
    private func expectOnce(
        _ fixture: MessageFixture, _ words: [String] = ["one"],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(fixture.agent.askedWords == words, sourceLocation: sourceLocation)
        #expect(
            fixture.service.sent.map(\.body) == words.map { "Reply to \($0)." },
            sourceLocation: sourceLocation)
        #expect(fixture.texts.waitingCount == 0, sourceLocation: sourceLocation)
    }

    @Test("killed right after any save, and started again", arguments: 1...5)
    func afterSave(number: Int) {
        fixture.textSpool.onSaved = { [unowned fixture] _ in
            if fixture.textSpool.saveCount == number { fixture.kill() }
        }
        fixture.receive("one")
        fixture.advance(60)
        fixture.restart()
        fixture.advance(60)
        expectOnce(fixture)
    }

    @Test("killed at any moment, and again a little later", arguments: 0..<40)
    func atAnyMoment(step: Int) {
        for word in ["one", "two"] { fixture.receive(word) }
        fixture.time.advance(.milliseconds(25 * step))
        fixture.restart()
        fixture.time.advance(.milliseconds(40 * step))
        fixture.restart()
        fixture.advance(90)
        expectOnce(fixture, ["one", "two"])
    }

    @Test("asked, and killed before the answer: the history has it, and the agent is not asked again")
    func asked() {
        fixture.agent.mood = .thinking
        fixture.receive("one")
        fixture.advance(2)
        fixture.restart()
        fixture.advance(30)
        #expect(fixture.service.sent.isEmpty && fixture.texts.waitingCount == 1)
        fixture.agent.answerLast()
        fixture.advance(10)
        expectOnce(fixture)
    }

    @Test(
        "killed between the save and the question: it is asked when the history has not shown it for a while")
    func notAsked() {
        fixture.textSpool.onSaved = { [unowned fixture] in
            if case .asked = $0.state, fixture.agent.asked.isEmpty { fixture.kill() }
        }
        fixture.receive("one")
        fixture.advance(5)
        fixture.textSpool.onSaved = { _ in }
        fixture.restart()
        fixture.advance(10)
        #expect(fixture.agent.asked.isEmpty)
        fixture.advance(10)
        expectOnce(fixture)
    }

    @Test("while one of an earlier process is looked for, other senders are answered")
    func recoveringHoldsNobody() {
        fixture.textSpool.onSaved = { [unowned fixture] in
            if case .asked = $0.state, fixture.agent.asked.isEmpty { fixture.kill() }
        }
        fixture.receive("one", from: "+1")
        fixture.advance(5)
        fixture.textSpool.onSaved = { _ in }
        fixture.restart()
        fixture.receive("two", from: "+2")
        fixture.advance(2)
        #expect(fixture.service.sent.map(\.body) == ["Reply to two."])
        fixture.advance(20)
        expectOnce(fixture, ["two", "one"])
    }

    @Test("sent, and killed before the answer to that: the list has it", arguments: [true, false])
    func sent(listsIDs: Bool) {
        fixture.service.listsIDs = listsIDs
        fixture.receive("one")
        fixture.advance(0.24)
        #expect(fixture.service.sent.count == 1)
        fixture.restart()
        fixture.advance(1.9)
        #expect(fixture.service.lists.isEmpty)
        fixture.advance(1)
        expectOnce(fixture)
        #expect(fixture.service.lists.count == 1 && fixture.service.lists[0].contains("contact=%2B15550001"))
    }

    @Test("a full disk: one line, nothing is asked, and it is answered when there is room again")
    func fullDisk() {
        fixture.textSpool.isFull = true
        fixture.receive("one")
        fixture.receive("two", from: "+2")
        fixture.advance(120)
        #expect(fixture.gateway.sends.isEmpty && fixture.texts.waitingCount == 2)
        #expect(fixture.journal.count(of: "spool cannot be written") == 1)
        #expect(fixture.journal.count(of: "") == 1)
        fixture.textSpool.isFull = false
        fixture.advance(600)
        #expect(Set(fixture.agent.askedWords) == ["one", "two"] && fixture.agent.asked.count == 2)
        #expect(fixture.service.sent.count == 2 && fixture.texts.waitingCount == 0)
        #expect(fixture.journal.count(of: "spool can be written again") == 1)
    }

    @Test("a save that fails anywhere costs time, not the text", arguments: 1...5)
    func failingSave(number: Int) {
        fixture.textSpool.failingSaves = [number]
        fixture.receive("one")
        fixture.advance(60)
        expectOnce(fixture)
        fixture.receive("two")
        fixture.advance(10)
        fixture.restart()
        fixture.advance(60)
        expectOnce(fixture, ["one", "two"])
    }

    @Test("a disk that fills up while the answer goes out: the list is asked after the restart")
    func fullAtTheEnd() {
        fixture.textSpool.onSaved = { [unowned fixture] in
            if case .sending = $0.state { fixture.textSpool.isFull = true }
        }
        fixture.receive("one")
        fixture.advance(5)
        fixture.textSpool.onSaved = { _ in }
        fixture.textSpool.isFull = false
        fixture.restart()
        #expect(fixture.texts.waitingCount == 1)
        fixture.advance(5)
        expectOnce(fixture)
    }
}
