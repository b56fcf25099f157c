import Agent
import ClawdTalkAPI
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("Texts: taken once, asked once, in order")
struct TextDeskTests {
    private let fixture = MessageFixture()

    private func sent(_ word: String, to sender: String = "+15550001") -> ScriptedMessages.Message {
        ScriptedMessages.Message(to: sender, body: "Reply to \(word).")
    }

    @Test("a text is answered once, to its sender; nothing of it is in the log or stays on the disk")
    func answered() {
        fixture.receive("one")
        #expect(fixture.texts.waitingCount == 1)
        fixture.advance(2)
        #expect(fixture.service.sent == [sent("one")])
        #expect(fixture.agent.askedWords == ["one"] && fixture.texts.waitingCount == 0)
        #expect(fixture.agent.asked[0].hasPrefix("[Text message] An SMS from +15550001,"))
        for secret in ["w:one", "Reply", "15550001"] {
            #expect(!fixture.journal.text.contains(secret) && !fixture.textSpool.text.contains(secret))
        }
    }

    @Test("before anything else it is on the disk")
    func spoolFirst() {
        fixture.textSpool.onSaved = { [fixture] in
            if $0.state == .received { #expect(fixture.gateway.calls.isEmpty) }
            if case .asked = $0.state { #expect(fixture.gateway.calls.isEmpty) }
            if case .sending = $0.state { #expect(fixture.service.attempts.isEmpty) }
        }
        fixture.receive("one")
        #expect(fixture.textSpool.saveCount == 1)
        fixture.advance(2)
        #expect(fixture.textSpool.saveCount == 5)
    }

    @Test("a text that comes again is dropped, also when it was answered, and after a restart")
    func duplicates() {
        fixture.receive("one")
        fixture.receive("one")
        fixture.advance(2)
        fixture.receive("one")
        fixture.restart()
        fixture.receive("one")
        fixture.advance(5)
        #expect(fixture.agent.asked.count == 1 && fixture.service.sent.count == 1)
        #expect(fixture.journal.count(of: "came before") == 3)
    }

    @Test("without an id each counts", arguments: [nil, ""])
    func withoutID(id: String?) {
        for word in ["one", "two"] {
            fixture.texts.accept(IncomingText(messageID: id, sender: "+15550001", body: "w:\(word)"))
        }
        fixture.advance(5)
        #expect(fixture.service.sent == [sent("one"), sent("two")])
    }

    @Test("ids are remembered for 48 h")
    func pruned() {
        fixture.receive("old")
        fixture.advance(2)
        fixture.restart(after: 48 * 3600 - 10)
        fixture.receive("old")
        fixture.advance(2)
        #expect(fixture.agent.asked.count == 1)
        fixture.restart(after: 20)
        fixture.receive("old")
        fixture.advance(2)
        #expect(fixture.agent.asked.count == 2)
    }

    @Test("a sender's texts are answered one after another")
    func order() {
        fixture.service.faults = [.status(500), .status(500)]
        for word in ["one", "two", "three"] { fixture.receive(word) }
        fixture.advance(1)
        #expect(fixture.agent.askedWords == ["one"])
        fixture.advance(20)
        #expect(fixture.service.sent == [sent("one"), sent("two"), sent("three")])
    }

    @Test("others need not wait for a sender whose answer cannot be sent")
    func independent() {
        fixture.service.faults = [.status(500)]
        fixture.receive("one", from: "+1")
        fixture.receive("two", from: "+2")
        fixture.advance(2)
        #expect(fixture.service.sent == [sent("two", to: "+2")])
    }

    @Test("a caller's question waits behind one text, never behind many")
    func lane() {
        for number in 0..<5 { fixture.receive("n\(number)", from: "+\(number)") }
        fixture.advance(0.01)
        var answer: String?
        fixture.lanes.ask(AgentQuestion(.call("c"), text: "w:call", timeLimit: .seconds(60))) {
            if case .finished(.reply(let text)) = $0 { answer = text }
        }
        fixture.advance(5)
        #expect(answer == "Reply to call.")
        #expect(fixture.agent.askedWords.firstIndex(of: "call") == 1 && fixture.service.sent.count == 5)
    }

    @Test("only allowed senders are answered, when there is a list")
    func allowed() {
        let fixture = MessageFixture { $0.allowedSenders = ["+15550002"] }
        fixture.receive("one", from: "+15550001")
        fixture.receive("two", from: "+15550002")
        fixture.receive("three", from: "15550002")
        fixture.advance(5)
        #expect(fixture.agent.askedWords == ["two"] && fixture.service.sent.count == 1)
    }

    @Test(
        "keywords are left to the service",
        arguments: [
            ("STOP", true), (" stop\n", true), ("Unsubscribe", true), ("HELP", true), ("info", true),
            ("Start", true),
            ("stopall", true), ("END", true), ("quit", true), ("cancel", true), ("YES", false),
            ("stop it", false),
            ("help me", false),
        ])
    func keywords(body: String, isLeft: Bool) {
        fixture.texts.accept(IncomingText(messageID: "m", sender: "+1", body: body))
        fixture.advance(5)
        #expect(fixture.agent.asked.isEmpty == isLeft && fixture.service.sent.isEmpty == isLeft)
    }

    @Test("of a flood 1,000 are taken")
    func flood() {
        for number in 0..<1_010 { fixture.receive("n\(number)") }
        #expect(fixture.texts.waitingCount == 1_000 && fixture.journal.count(of: "too many") == 10)
    }

    @Test("an empty text is no question")
    func empty() {
        fixture.texts.accept(IncomingText(messageID: "m", sender: "+1", body: " \n"))
        fixture.advance(5)
        #expect(fixture.agent.asked.isEmpty && fixture.texts.waitingCount == 0)
    }

    @Test("an answer is cut at 1,500 characters, at the end of a sentence")
    func long() {
        fixture.agent.reply = { _ in String(repeating: "This is a sentence. ", count: 100) }
        fixture.receive("one")
        fixture.advance(2)
        let body = fixture.service.sent[0].body
        #expect(body.utf16.count <= 1_500 && body.utf16.count > 1_470 && body.hasSuffix("sentence."))
    }

    @Test("an agent that has nothing to say sends nothing")
    func silent() {
        fixture.agent.reply = { _ in "NO_REPLY" }
        fixture.receive("one")
        fixture.advance(2)
        #expect(fixture.agent.asked.count == 1 && fixture.service.attempts.isEmpty)
        #expect(fixture.texts.waitingCount == 0)
    }

    @Test(
        "the machine's clock jumps while the gateway is away: no text is given up for that, and none is kept for ever",
        arguments: [-40, 40], [false, true])
    func clockJump(days: Int, isRestarted: Bool) {
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        fixture.receive("one")
        fixture.advance(3600)
        fixture.clockChange += days * 24 * 3600
        fixture.advance(3600)
        if isRestarted { fixture.restart() }
        fixture.advance(3600)
        #expect(fixture.texts.waitingCount == 1)
        fixture.agent.mood = .answering
        fixture.advance(700)
        #expect(fixture.service.sent == [sent("one")])
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        fixture.receive("two")
        fixture.advance(25 * 3600)
        #expect(fixture.texts.waitingCount == 0 && fixture.journal.count(of: "gave up a text") == 1)
    }
}
