import ClawdTalkAPI
import TestSupport
import Testing

@testable import Bridge

@Suite("A caller says how to get the answer")
struct HangupWishTests {
    private let fixture = HangupFixture()

    @Test("text me the answer, and hangs up: it comes by text, and not in the next call")
    func text() {
        fixture.begin("c1")
        fixture.ask()
        let wish = fixture.say("Text me the answer, please.")
        #expect(fixture.result(wish) == ["I'll text you the answer."])
        fixture.hangUp("c1")
        fixture.answer()
        fixture.begin("c2")
        #expect(fixture.texts == [HangupFixture.before("one")] && fixture.told("c2").isEmpty)
        #expect(fixture.agent.askedWords == ["one"] && fixture.calls.isEmpty)
    }

    @Test("call me back when you have it: one call")
    func callBack() {
        fixture.begin("c1")
        fixture.ask()
        let wish = fixture.say("Call me back when you have it")
        #expect(fixture.result(wish) == ["I'll call you back with the answer."])
        fixture.hangUp("c1")
        fixture.answer()
        #expect(fixture.calls == [HangupFixture.before("one")] && fixture.texts.isEmpty)
    }

    @Test("stays on the line, hears the answer, and gets the text all the same")
    func staysForText() {
        fixture.begin("c1")
        let question = fixture.ask()
        fixture.say("Text me the answer.")
        fixture.answer()
        #expect(
            fixture.result(question) == ["Reply to one."] && fixture.texts == [HangupFixture.before("one")])
        fixture.hangUp("c1")
        fixture.begin("c2")
        #expect(fixture.told("c2").isEmpty && fixture.texts.count == 1)
    }

    @Test("stays on the line and wants to be called: that call comes after this one")
    func staysForCall() {
        fixture.begin("c1")
        let question = fixture.ask()
        fixture.say("Call me back when you have it.")
        fixture.answer()
        #expect(fixture.result(question) == ["Reply to one."] && fixture.messages.callAttempts == 0)
        fixture.hangUp("c1")
        fixture.advance(5)
        #expect(fixture.calls == [HangupFixture.before("one")])
    }

    @Test("as a part of the question: the agent answers it, and is told not to send it too")
    func part() {
        fixture.begin("c1")
        let question = fixture.ask("one", in: "c1", ", and text me the answer")
        #expect(fixture.heard(question) == ["I'll text you the answer."])
        #expect(fixture.agent.asked[0].contains("do not send one yourself"))
        fixture.answer()
        #expect(
            fixture.result(question) == ["Reply to one."] && fixture.texts == [HangupFixture.before("one")])
    }

    @Test("without a number: one true sentence, and the answer as always", arguments: [true, false])
    func withoutNumber(isPart: Bool) {
        let fixture = HangupFixture(hasNumber: false)
        fixture.begin("c1")
        let question = fixture.ask("one", in: "c1", isPart ? ", and text me the answer" : "")
        if isPart {
            #expect(fixture.heard(question) == [Phrases.english.noOwnerNumber])
        } else {
            #expect(fixture.result(fixture.say("Text me the answer")) == [Phrases.english.noOwnerNumber])
        }
        fixture.answer()
        #expect(fixture.result(question) == ["Reply to one."] && fixture.messages.attempts.isEmpty)
    }

    @Test("as a part of a request that needs a yes: it counts when the owner has said yes")
    func approved() {
        fixture.messages.approval.creation = #"{"request_id":"a1","devices_notified":0}"#
        fixture.begin("c1")
        let question = fixture.say("Please w:one it: delete all files, and text me the answer")
        #expect(fixture.result(question) == [Phrases.english.approvalBySpeech])
        let yes = fixture.say("approve")
        #expect(fixture.heard(yes) == ["I'll text you the answer."])
        fixture.hangUp("c1")
        fixture.answer()
        #expect(fixture.texts == [HangupFixture.before("one")])
    }

    @Test("nothing is being answered: the words are a question for the agent")
    func nothingOpen() {
        fixture.begin("c1")
        fixture.say("Text me the answer")
        #expect(fixture.agent.asked.count == 1 && fixture.waiting == 0)
    }

    @Test("somebody whom the agent called has no wish to send things to the owner")
    func outbound() {
        fixture.begin("c1", direction: "outbound")
        fixture.ask()
        fixture.say("Text me the answer")
        fixture.answer()
        #expect(fixture.texts.isEmpty && fixture.waiting == 0)
    }

    @Test("changes their mind: the last word counts, and stop takes it back")
    func changes() {
        fixture.begin("c1")
        fixture.ask()
        fixture.say("Text me the answer")
        fixture.say("Call me back")
        fixture.hangUp("c1")
        fixture.answer()
        #expect(fixture.calls == [HangupFixture.before("one")] && fixture.texts.isEmpty)
        fixture.begin("c2")
        fixture.ask("two", in: "c2")
        fixture.say("Text me the answer", in: "c2")
        fixture.say("never mind", in: "c2")
        fixture.hangUp("c2")
        fixture.answer()
        #expect(fixture.texts.isEmpty && fixture.waiting == 0)
    }

    @Test(
        "the process is killed after the promise, while the caller is still there", arguments: [true, false])
    func crash(isOrderly: Bool) {
        fixture.begin("c1")
        fixture.ask()
        fixture.say("Text me the answer")
        if isOrderly { fixture.stop() }
        fixture.agent.answerLast()
        fixture.restart()
        fixture.advance(60)
        #expect(fixture.texts == [HangupFixture.before("one")] && fixture.agent.askedWords == ["one"])
    }

    @Test(
        "a service that sends transcripts: said while the answer is being found, it is no question of its own"
    )
    func transcripts() {
        fixture.begin("c1")
        fixture.event("transcription", #""call_id":"c1","text":"Please w:one it""#)
        fixture.advance(1)
        fixture.event("transcription", #""call_id":"c1","text":"Text me the answer""#)
        fixture.advance(1)
        #expect(fixture.told("c1") == ["I'll text you the answer."])
        fixture.answer()
        #expect(fixture.texts == [HangupFixture.before("one")] && fixture.agent.askedWords == ["one"])
        #expect(fixture.told("c1").last == "Reply to one.")
    }
}

@Suite("Wishes, in every language")
struct SpokenWishesTests {
    @Test("each phrase alone, and behind a question", arguments: Phrases.languages.keys.sorted())
    func phrases(language: String) throws {
        let phrases = try #require(Phrases.languages[language])
        let wishes = SpokenWishes(phrases)
        #expect(!phrases.textWishes.isEmpty && !phrases.callBackWishes.isEmpty)
        for (list, way) in [(phrases.textWishes, AfterHangup.text), (phrases.callBackWishes, .callBack)] {
            for text in list {
                #expect(
                    wishes.wish(in: text.prefix(1).uppercased() + text.dropFirst() + ".")
                        == .init(way: way, isAlone: true), "\(text)")
                #expect(wishes.wish(in: "Xyz abc? " + text) == .init(way: way, isAlone: false), "\(text)")
            }
        }
    }

    @Test(
        "in English, with what people say around it",
        arguments: [
            ("Please text me the answer.", AfterHangup.text, true),
            ("And call me back, please!", .callBack, true),
            ("Just text me please the answer", .text, true),
            ("Okay, call me when you're done", .callBack, false),
            ("What's the weather tomorrow, and text me the answer", .text, false),
            ("what's the weather tomorrow and then text me the answer please", .text, false),
            ("Text me the answer: what's the weather?", .text, false),
        ])
    func heard(text: String, way: AfterHangup, isAlone: Bool) {
        #expect(SpokenWishes(.english).wish(in: text)?.way == way)
        if !text.hasPrefix("Okay") { #expect(SpokenWishes(.english).wish(in: text)?.isAlone == isAlone) }
    }

    @Test(
        "other questions are none",
        arguments: [
            "Did Tom text me the answer?", "Why does nobody call me back", "Call me a taxi", "Call me Ana",
            "Text Tom",
            "Call me back in ten minutes", "What is a text", "", "?!", "Text me the answer tomorrow at nine",
        ])
    func others(text: String) { #expect(SpokenWishes(.english).wish(in: text) == nil) }
}
