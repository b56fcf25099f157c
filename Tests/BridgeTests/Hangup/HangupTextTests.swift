import ClawdTalkAPI
import TestSupport
import Testing

@testable import Bridge

@Suite("after_hangup text: the answer comes as a text message")
struct HangupTextTests {
    private let fixture = HangupFixture(.text)

    @Test("to the owner's number, once, and is not said in the next call as well")
    func once() {
        fixture.askAndHangUp()
        fixture.answer()
        #expect(fixture.messages.sent == [.init(to: HangupFixture.number, body: HangupFixture.before("one"))])
        fixture.begin("c2")
        fixture.advance(60)
        #expect(fixture.told("c2").isEmpty && fixture.texts.count == 1 && fixture.waiting == 0)
        #expect(!fixture.spool.text.contains("Reply") && !fixture.textSpool.text.contains("Reply"))
        #expect(!fixture.log.text.contains("Reply") && !fixture.log.text.contains("1312"))
    }

    @Test("what cannot be spoken is in the text: links and lines stay")
    func written() {
        fixture.agent.reply = { _ in "# Found\\n- https://example.com/a" }
        fixture.askAndHangUp()
        fixture.answer()
        #expect(fixture.texts == ["Your answer from before: Found\n- https://example.com/a"])
    }

    @Test("a long answer fits into a text, with what stands before it")
    func long() {
        fixture.agent.reply = { _ in String(repeating: "A sentence of words. ", count: 200) }
        fixture.askAndHangUp()
        fixture.answer()
        #expect(fixture.texts.count == 1 && fixture.texts[0].utf16.count <= 1_500)
        #expect(fixture.texts[0].hasSuffix("words."))
    }

    @Test("the service cannot be reached for a while: it is sent when it can, and once")
    func later() {
        fixture.messages.faults = [.notSent, .status(500), .status(503, retryAfter: 30), .lostAnswer]
        fixture.askAndHangUp()
        fixture.answer()
        fixture.advance(120)
        #expect(fixture.texts == [HangupFixture.before("one")] && fixture.waiting == 0)
    }

    @Test(
        "the service refuses the text for good: the next call has the answer",
        arguments: [400, 403, 404, 422])
    func refused(status: Int) {
        fixture.messages.faults = [.status(status)]
        fixture.askAndHangUp()
        fixture.answer()
        #expect(fixture.texts.isEmpty && fixture.messages.attempts.count == 1)
        fixture.begin("c2")
        #expect(fixture.told("c2") == [HangupFixture.before("one")] && fixture.waiting == 0)
    }

    @Test("after 24 h nothing is sent any more, and nothing is said")
    func old() {
        fixture.messages.faults = Array(repeating: .notSent, count: 100)
        fixture.askAndHangUp()
        fixture.answer()
        fixture.restart(absence: 24 * 3600)
        fixture.messages.faults = []
        fixture.advance(10)
        fixture.begin("c2")
        #expect(fixture.texts.isEmpty && fixture.told("c2").isEmpty && fixture.waiting == 0)
        #expect(!fixture.textSpool.text.contains("Reply"))
    }

    @Test("without a number the next call has it")
    func withoutNumber() {
        let fixture = HangupFixture(.text, hasNumber: false)
        fixture.askAndHangUp()
        fixture.answer()
        #expect(fixture.messages.attempts.isEmpty)
        fixture.begin("c2")
        #expect(fixture.told("c2") == [HangupFixture.before("one")])
    }

    @Test("a run that fails is told by text as well")
    func runFails() {
        fixture.agent.mood = .failing
        fixture.askAndHangUp()
        fixture.advance(200)
        #expect(
            fixture.texts.count == 1
                && fixture.texts[0].hasPrefix("Your question from before has no answer. "))
    }

    @Test("the owner's own texts go on: an answer after a call is in nobody's way")
    func ownTexts() {
        fixture.askAndHangUp()
        fixture.answer()
        fixture.agent.mood = .answering
        fixture.event("sms.received", #""message_id":"t1","from":"+13125550142","body":"Please w:two it""#)
        fixture.advance(60)
        #expect(fixture.texts == [HangupFixture.before("one"), "Reply to two."])
    }
}

@Suite("after_hangup call_back: the owner is called with the answer")
struct HangupCallBackTests {
    private let fixture = HangupFixture(.callBack)

    @Test("one call, with the answer as its first sentence, and nothing at the next greeting")
    func once() {
        fixture.askAndHangUp()
        fixture.answer()
        #expect(
            fixture.messages.calls == [.init(to: HangupFixture.number, body: HangupFixture.before("one"))])
        fixture.begin("c2")
        fixture.advance(120)
        #expect(fixture.calls.count == 1 && fixture.told("c2").isEmpty && fixture.waiting == 0)
        #expect(!fixture.spool.text.contains("Reply"))
    }

    @Test("an owner who is on the phone is not called before that call has ended")
    func onThePhone() {
        fixture.askAndHangUp()
        fixture.begin("c2")
        fixture.answer()
        fixture.advance(120)
        #expect(fixture.messages.callAttempts == 0)
        fixture.hangUp("c2")
        fixture.advance(10)
        #expect(fixture.calls == [HangupFixture.before("one")] && fixture.told("c2").isEmpty)
    }

    @Test(
        "what certainly was no call is tried again",
        arguments: [
            ScriptedMessages.Fault.notSent, .status(429, retryAfter: 5), .status(503, retryAfter: 5),
            .status(401),
        ])
    func again(fault: ScriptedMessages.Fault) {
        fixture.messages.callFaults = [fault, fault]
        fixture.askAndHangUp()
        fixture.answer()
        fixture.advance(60)
        #expect(fixture.calls == [HangupFixture.before("one")] && fixture.messages.callAttempts == 3)
    }

    @Test("a call that the service says has failed is tried again")
    func failed() {
        fixture.messages.callFaults = [.answer(#"{"call_id":"x","status":"failed"}"#)]
        fixture.askAndHangUp()
        fixture.answer()
        fixture.advance(60)
        #expect(fixture.messages.callAttempts == 2 && fixture.waiting == 0)
    }

    @Test(
        "a call that may have been made is not made twice",
        arguments: [
            ScriptedMessages.Fault.lostAnswer, .lostRequest, .status(500), .status(502), .answer("<html>"),
        ])
    func inDoubt(fault: ScriptedMessages.Fault) {
        fixture.messages.callFaults = [fault]
        fixture.askAndHangUp()
        fixture.answer()
        fixture.advance(600)
        fixture.begin("c2")
        #expect(fixture.messages.callAttempts == 1 && fixture.told("c2").isEmpty && fixture.waiting == 0)
    }

    @Test(
        "the service refuses the call for good: the next call has the answer",
        arguments: [400, 402, 403, 404, 422])
    func refused(status: Int) {
        fixture.messages.callFaults = [.status(status)]
        fixture.askAndHangUp()
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.told("c2") == [HangupFixture.before("one")] && fixture.messages.callAttempts == 1)
    }

    @Test("after 24 h nobody is called any more")
    func old() {
        fixture.messages.callFaults = Array(repeating: .notSent, count: 100)
        fixture.askAndHangUp()
        fixture.answer()
        fixture.restart(absence: 24 * 3600)
        fixture.messages.callFaults = []
        fixture.advance(60)
        #expect(fixture.calls.isEmpty && fixture.waiting == 0)
    }

    @Test("without a number the next call has it")
    func withoutNumber() {
        let fixture = HangupFixture(.callBack, hasNumber: false)
        fixture.askAndHangUp()
        fixture.answer()
        #expect(fixture.messages.callAttempts == 0)
        fixture.begin("c2")
        #expect(fixture.told("c2") == [HangupFixture.before("one")])
    }
}
