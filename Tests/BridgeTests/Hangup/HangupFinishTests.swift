import ClawdTalkAPI
import TestSupport
import Testing

@testable import Bridge

@Suite("A caller who hangs up while the agent works gets the answer in the next call")
struct HangupFinishTests {
    private let fixture = HangupFixture()

    @Test("after the greeting, once and not again in the call after")
    func once() {
        fixture.askAndHangUp()
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.responses("c2") == ["Hello.", HangupFixture.before("one")])
        fixture.advance(30)
        fixture.hangUp("c2")
        fixture.begin("c3")
        #expect(fixture.responses("c2").count == 2 && fixture.responses("c3") == ["Hello."])
        #expect(fixture.agent.askedWords == ["one"] && fixture.waiting == 0)
        #expect(!fixture.spool.text.contains("Reply") && !fixture.spool.text.contains("w:one"))
        #expect(!fixture.log.text.contains("Reply"))
    }

    @Test("the greeting came with the context, before it was known who called whom")
    func greetedBefore() {
        fixture.askAndHangUp()
        fixture.answer()
        fixture.event("context_request", #""call_id":"c2""#)
        fixture.advance(1)
        #expect(fixture.responses("c2") == ["Hello."])
        fixture.begin("c2")
        #expect(fixture.responses("c2") == ["Hello.", HangupFixture.before("one")])
    }

    @Test("nobody whom the agent calls hears the owner's answer")
    func outbound() {
        fixture.askAndHangUp()
        fixture.answer()
        fixture.begin("c2", direction: "outbound")
        fixture.advance(10)
        fixture.hangUp("c2")
        #expect(fixture.told("c2").isEmpty)
        fixture.begin("c3")
        #expect(fixture.told("c3") == [HangupFixture.before("one")])
    }

    @Test("nor does the owner hear what somebody asked whom the agent had called", arguments: [true, false])
    func askedInOutbound(isStartKnown: Bool) {
        if isStartKnown { fixture.begin("c1", direction: "outbound") }
        fixture.ask()
        fixture.event("call.ended", #""call_id":"c1","direction":"outbound""#)
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.told("c2").isEmpty && fixture.waiting == 0)
    }

    @Test("an answer of more than an hour ago is not told any more, and is kept nowhere")
    func old() {
        fixture.askAndHangUp()
        fixture.answer()
        fixture.advance(3_500)
        #expect(fixture.waiting == 1)
        fixture.advance(120)
        #expect(fixture.waiting == 0 && !fixture.spool.text.contains("Reply"))
        fixture.begin("c2")
        #expect(fixture.told("c2").isEmpty)
    }

    @Test("the hour goes on while the process does not run")
    func oldAfterAbsence() {
        fixture.askAndHangUp()
        fixture.answer()
        fixture.restart(absence: 3_700)
        fixture.begin("c2")
        #expect(fixture.told("c2").isEmpty && fixture.waiting == 0)
    }

    @Test("of four answers the newest three, in their order, and the other one in the call after")
    func newestThree() {
        let fixture = HangupFixture(replyTimeLimit: .seconds(500))
        let words = ["one", "two", "three", "four"]
        fixture.begin("c1")
        for word in words { fixture.ask(word) }
        fixture.hangUp("c1")
        for _ in words {
            fixture.answer()
            fixture.advance(20)
        }
        #expect(fixture.agent.askedWords == words)
        fixture.begin("c2")
        fixture.advance(10)
        #expect(fixture.told("c2") == words.dropFirst().map(HangupFixture.before))
        fixture.hangUp("c2")
        fixture.begin("c3")
        #expect(fixture.told("c3") == [HangupFixture.before("one")] && fixture.waiting == 0)
    }

    @Test("who calls again at once hears it in that call, when it comes")
    func callsAgain() {
        fixture.askAndHangUp()
        fixture.advance(5)
        fixture.begin("c2")
        fixture.advance(5)
        #expect(fixture.told("c2").isEmpty)
        fixture.answer()
        #expect(fixture.told("c2") == [HangupFixture.before("one")])
    }

    @Test("the run fails: the caller is told that there is no answer")
    func runFails() {
        fixture.agent.mood = .failing
        fixture.askAndHangUp()
        fixture.advance(200)
        fixture.begin("c2")
        let told = fixture.told("c2")
        #expect(told.count == 1 && told[0].hasPrefix("Your question from before has no answer. "))
        #expect(fixture.agent.askedWords == ["one"])
    }

    @Test("the gateway is away to the end: the caller is told that nothing was asked")
    func notAsked() {
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        fixture.askAndHangUp()
        fixture.advance(130)
        fixture.begin("c2")
        #expect(fixture.told("c2") == [Phrases.english.notAskedFromBefore])
    }

    @Test("no answer in all the time that is waited for one")
    func neverAnswered() {
        fixture.askAndHangUp()
        fixture.advance(1_100)
        fixture.begin("c2")
        let told = fixture.told("c2")
        #expect(told.count == 1 && told[0].hasPrefix("Your question from before has no answer. "))
    }

    @Test("a question that stood behind another when its caller hung up is asked in its turn")
    func inLine() {
        fixture.begin("c1")
        fixture.ask("one")
        fixture.ask("two")
        fixture.hangUp("c1")
        fixture.answer()
        fixture.advance(30)
        #expect(fixture.agent.askedWords == ["one", "two"])
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.told("c2") == [HangupFixture.before("one"), HangupFixture.before("two")])
    }

    @Test("hung up after \"I have no answer yet\": the answer is told all the same")
    func overdue() {
        let fixture = HangupFixture(replyTimeLimit: .seconds(20))
        fixture.begin("c1")
        let id = fixture.ask()
        fixture.advance(60)
        #expect(fixture.result(id) == [Phrases.english.timedOut])
        fixture.hangUp("c1")
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.told("c2") == [HangupFixture.before("one")])
    }

    @Test("a caller who said stop before hanging up hears nothing of it")
    func stopped() {
        fixture.begin("c1")
        fixture.ask()
        fixture.say("never mind")
        fixture.hangUp("c1")
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.told("c2").isEmpty && fixture.waiting == 0)
    }

    @Test("a line that is away when the answer could be said: it is said when it is back")
    func lineAway() {
        fixture.askAndHangUp()
        fixture.begin("c2")
        fixture.service.current.end()
        fixture.agent.answerLast()
        fixture.time.advance(seconds: 1)
        while fixture.service.connections.count == 1 { fixture.time.advance(seconds: 1) }
        fixture.service.current.logIn()
        fixture.advance(60)
        #expect(fixture.told("c2") == [HangupFixture.before("one")])
    }

    @Test("a restart waits for an answer that only this process can hear")
    func drain() {
        let fixture = HangupFixture(isChatOn: true)
        fixture.gateway.script = { call in
            switch call.tool {
            case "chat-probe": .json(status: 405, "Method Not Allowed")
            case "chat": ScriptedStream.whole(ScriptedStream.delta("One thing.", after: 8))
            default: .rows([])
            }
        }
        fixture.askAndHangUp()
        var isDrained = false
        fixture.bridge.drain(within: .seconds(30)) { isDrained = true }
        fixture.advance(3)
        #expect(!isDrained)
        fixture.advance(10)
        fixture.restart()
        fixture.begin("c2")
        #expect(isDrained && fixture.told("c2") == ["Your answer from before: One thing."])
    }

    @Test("by chat: all of it, also the sentences that were said before the caller hung up")
    func chat() {
        let fixture = HangupFixture(isChatOn: true)
        fixture.gateway.script = { call in
            switch call.tool {
            case "chat-probe": .json(status: 405, "Method Not Allowed")
            case "chat":
                ScriptedStream.whole(
                    ScriptedStream.delta("One thing. "), ScriptedStream.delta("And another. ", after: 5),
                    ScriptedStream.delta("That is it.", after: 5))
            default: .rows([])
            }
        }
        fixture.begin("c1")
        fixture.ask()
        fixture.hangUp("c1")
        #expect(fixture.gateway.closedStreams == 0)
        fixture.advance(20)
        fixture.begin("c2")
        #expect(fixture.told("c2") == ["Your answer from before: One thing. And another. That is it."])
    }
}

@Suite("after_hangup cancel")
struct HangupCancelTests {
    @Test("by chat hanging up ends the run, and nothing is told")
    func chat() {
        let fixture = HangupFixture(.cancel, isChatOn: true)
        fixture.gateway.script = { call in
            switch call.tool {
            case "chat-probe": .json(status: 405, "Method Not Allowed")
            case "chat": .stream([ScriptedStream.role, ScriptedStream.delta("Let me")], end: nil)
            default: .rows([])
            }
        }
        fixture.askAndHangUp()
        #expect(fixture.gateway.closedStreams == 1 && fixture.waiting == 0)
    }

    @Test("where a run cannot be ended it takes its course, and nothing is told")
    func waited() {
        let fixture = HangupFixture(.cancel)
        fixture.askAndHangUp()
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.agent.askedWords == ["one"] && fixture.told("c2").isEmpty)
        #expect(fixture.waiting == 0 && fixture.spool.saveCount == 0)
    }

    @Test("what the caller said about the answer counts all the same")
    func wish() {
        let fixture = HangupFixture(.cancel)
        fixture.begin("c1")
        fixture.ask("one", in: "c1", ", and text me the answer")
        fixture.hangUp("c1")
        fixture.answer()
        #expect(fixture.texts == [HangupFixture.before("one")])
    }
}
