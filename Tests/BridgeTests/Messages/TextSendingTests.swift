import TestSupport
import Testing

@testable import Bridge

@Suite("Texts: the answer is sent once")
struct TextSendingTests {
    private let fixture = MessageFixture()

    private var answers: [String] { fixture.service.sent.map(\.body) }

    @Test("tries again after 2 s, doubling to 10 minutes, and gives up after 24 h")
    func backoff() {
        fixture.service.faults = Array(repeating: .notSent, count: 1_000)
        fixture.receive("one")
        fixture.advance(25 * 3600)
        let attempts = fixture.service.attempts
        let pauses = zip(attempts.dropFirst(), attempts).map {
            ($0 - $1 - .milliseconds(50)).components.seconds
        }
        #expect(pauses.prefix(11) == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600])
        #expect(attempts.last.map { $0 < .seconds(24 * 3600) } == true && pauses.allSatisfy { $0 <= 600 })
        #expect(fixture.texts.waitingCount == 0 && fixture.journal.count(of: "24 h are over") == 1)
        #expect(fixture.agent.asked.count == 1)
    }

    @Test("the 24 h go on while the process does not run")
    func absence() {
        fixture.service.faults = [.status(500)]
        fixture.receive("one")
        fixture.advance(1)
        fixture.restart(after: 24 * 3600)
        fixture.advance(10)
        #expect(fixture.texts.waitingCount == 0 && answers.isEmpty)
    }

    @Test(
        "where the answer to the request was lost, the list is asked before it is sent again",
        arguments: [
            ScriptedMessages.Fault.lostAnswer, .answer("<html>"), .answer(#"{"from":"+1"}"#),
            .answer(#"{"id":""}"#),
        ])
    func lostAnswer(fault: ScriptedMessages.Fault) {
        fixture.service.faults = [fault]
        fixture.receive("one")
        fixture.advance(10)
        #expect(answers == ["Reply to one."] && fixture.service.lists.count == 1)
        #expect(fixture.texts.waitingCount == 0)
    }

    @Test("and it is sent when the list does not have it", arguments: [500, 502, 503, 408])
    func listed(status: Int) {
        fixture.service.faults = [.status(status), .lostRequest]
        fixture.receive("one")
        fixture.advance(20)
        #expect(answers == ["Reply to one."] && fixture.service.lists.count == 2)
    }

    @Test("a list that cannot be read is asked again; nothing is sent before")
    func listFails() {
        fixture.service.faults = [.lostAnswer]
        fixture.service.listFaults = [.status(500), .lostAnswer, .answer("[]")]
        fixture.receive("one")
        fixture.advance(120)
        #expect(answers == ["Reply to one."] && fixture.service.lists.count == 4)
    }

    @Test(
        "what certainly was not sent needs no list",
        arguments: [ScriptedMessages.Fault.notSent, .status(429)])
    func notSent(fault: ScriptedMessages.Fault) {
        fixture.service.faults = [fault]
        fixture.receive("one")
        fixture.advance(10)
        #expect(answers == ["Reply to one."] && fixture.service.lists.isEmpty)
    }

    @Test("Retry-After is obeyed", arguments: [429, 503])
    func retryAfter(status: Int) {
        fixture.service.faults = [.status(status, retryAfter: 90)]
        fixture.receive("one")
        fixture.advance(85)
        #expect(answers.isEmpty && fixture.service.lists.isEmpty)
        fixture.advance(10)
        #expect(answers == ["Reply to one."])
    }

    @Test(
        "what the service refuses for good is given up, and the sender's next text goes on",
        arguments: [400, 403, 404, 422])
    func refused(status: Int) {
        fixture.service.faults = [.status(status)]
        fixture.receive("one")
        fixture.receive("two")
        fixture.advance(10)
        #expect(answers == ["Reply to two."] && fixture.service.attempts.count == 2)
        #expect(fixture.journal.count(of: "gave up a text") == 1 && !fixture.journal.text.contains("Reply"))
    }

    @Test("the same words that answered an earlier text are not taken for this answer")
    func sameWords() {
        fixture.agent.reply = { _ in "Yes." }
        fixture.receive("one")
        fixture.advance(3)
        fixture.service.faults = [.lostRequest]
        fixture.receive("two")
        fixture.advance(10)
        #expect(answers == ["Yes.", "Yes."])
    }

    @Test("nor are the same words of long ago, or to somebody else, where the list tells no ids")
    func oldWords() {
        fixture.service.listsIDs = false
        fixture.service.add(
            id: "", to: "+15550001", body: "Reply to one.", at: fixture.service.unixTime - 900)
        fixture.service.add(id: "", to: "+15550009", body: "Reply to one.", at: fixture.service.unixTime)
        fixture.service.faults = [.lostRequest]
        fixture.receive("one")
        fixture.advance(10)
        #expect(answers == ["Reply to one."])
    }
}
