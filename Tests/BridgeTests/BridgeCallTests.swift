import Agent
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("A call: greeting, question, progress, answer")
struct BridgeCallTests {
    @Test("the first message is the login, with both names")
    func login() {
        let fixture = BridgeFixture()
        fixture.bridge.start()
        #expect(fixture.service.current.sent.isEmpty)
        fixture.service.current.signal(.opened)
        let login = fixture.service.current.sent[0]
        #expect(login["type"] as? String == "auth" && login["api_key"] as? String == "cc_test")
        #expect(login["owner_name"] as? String == "Ana" && login["agent_name"] as? String == "Rex")
    }

    @Test(
        "one greeting a call, whichever event comes first",
        arguments: [
            ["context_request", "call.started"], ["call.started", "context_request"], ["context_request"],
            ["call.started"],
            ["context_request", "context_request"],
        ])
    func greetOnce(events: [String]) {
        let fixture = BridgeFixture()
        fixture.connect()
        for event in events { fixture.event(event, #""call_id":"c1""#) }
        #expect(fixture.service.current.texts("response") == ["Hello Ana, what can I do for you?"])
    }

    @Test("a configured greeting, and one for each call")
    func customGreeting() {
        let fixture = BridgeFixture { $0.greeting = "Yes?" }
        fixture.connect()
        fixture.event("call.started", #""call_id":"c1""#)
        fixture.event("call.ended", #""call_id":"c1""#)
        fixture.event("call.started", #""call_id":"c2""#)
        #expect(fixture.service.current.texts("response") == ["Yes?", "Yes?"])
    }

    @Test("context_request is answered with instructions for speech")
    func context() throws {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.event("context_request", #""call_id":"c1""#)
        let answer = try #require(
            fixture.service.current.sent.first { $0["type"] as? String == "context_response" })
        let context = try #require(answer["context"] as? [String: Any])
        let prompt = try #require(context["system_prompt"] as? String)
        #expect(answer["call_id"] as? String == "c1")
        #expect(prompt.contains("Rex") && prompt.contains("Ana") && prompt.contains("passwords"))
        #expect(context["memory"] as? String == "The owner's name is Ana.")
    }

    @Test("a question is answered exactly once, cleaned for speech")
    func answer() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("**Forty-two** 🎉")
        fixture.ask("What is six times seven?")
        fixture.time.advance(seconds: 10)
        #expect(fixture.service.current.texts("deep_tool_result") == ["Forty-two"])
        #expect(fixture.gateway.sends[0].message?.contains("What is six times seven?") == true)
        #expect(fixture.bridge.status.answered == 1)
    }

    @Test("a request that comes twice is asked and answered once")
    func duplicate() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.")
        fixture.ask()
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.service.current.texts("deep_tool_result") == ["42."])
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test(
        "the caller is never left in silence for longer than six seconds, and never hears the same twice in a row"
    )
    func progress() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(40))
        fixture.ask()
        var heard: [Double] = []
        for tick in 0..<400 {
            let before = fixture.service.current.texts("deep_tool_progress").count
            fixture.time.advance(seconds: 0.1)
            if fixture.service.current.texts("deep_tool_progress").count > before {
                heard.append(Double(tick) / 10)
            }
        }
        let gaps = zip([0] + heard, heard).map { $1 - $0 }
        #expect(heard.count >= 6 && gaps.allSatisfy { $0 <= 6.1 })
        let texts = fixture.service.current.texts("deep_tool_progress")
        #expect(zip(texts, texts.dropFirst()).allSatisfy { $0 != $1 })
    }

    @Test("an answer within three seconds needs no filler")
    func quick() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .milliseconds(2_800))
        fixture.ask()
        fixture.time.advance(seconds: 20)
        #expect(fixture.service.current.texts("deep_tool_progress").isEmpty)
    }

    @Test("who waits behind another question hears so, and both are answered")
    func queue() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(2))
        fixture.ask(id: "r1")
        fixture.ask(id: "r2", call: "c2")
        fixture.time.advance(seconds: 5)
        #expect(
            fixture.service.current.texts("deep_tool_progress").first == Phrases.english.waitingBehindOther)
        #expect(fixture.service.current.texts("deep_tool_result").count == 2)
    }

    @Test("an empty question is not asked", arguments: ["", "   "])
    func emptyQuestion(query: String) {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.ask(query)
        fixture.time.advance(seconds: 1)
        #expect(fixture.service.current.texts("deep_tool_result") == [Phrases.english.emptyQuestion])
        #expect(fixture.gateway.calls.isEmpty)
    }

    @Test("failures are spoken as one true sentence, never as Done and never as the machine said it")
    func failure() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.gateway.script = { _ in
            .json(
                status: 404,
                #"{"ok":false,"error":{"type":"not_found","message":"Tool not available: sessions_send"}}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        let said = fixture.service.current.texts("deep_tool_result")
        #expect(said == [Phrases.english.sentence(for: .failed(.toolNotAllowed))])
        #expect(fixture.bridge.status.failed == 1)
    }

    @Test("every failure has a sentence of its own")
    func sentences() {
        let all: [TurnFailureSample] = TurnFailureSample.all
        let sentences = all.map { Phrases.english.sentence(for: .failed($0.failure)) }
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { !$0.contains("Done") && $0.count < 120 })
    }

    @Test("an answer that is only emoji is said to be unspeakable")
    func unspeakable() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("🎉🎉")
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.service.current.texts("deep_tool_result") == [Phrases.english.nothingSpeakable])
    }

    @Test("after the hang-up nobody is spoken to")
    func hangUp() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(20))
        fixture.ask()
        fixture.time.advance(seconds: 4)
        let heard = fixture.service.current.sent.count
        fixture.event("call.ended", #""call_id":"c1""#)
        fixture.time.advance(seconds: 60)
        #expect(fixture.service.current.sent.count == heard)
        #expect(fixture.bridge.status.liveCalls == 0 && fixture.bridge.status.openQuestions == 0)
    }

    @Test("a question that waits in the queue is not asked any more after the hang-up")
    func hangUpInQueue() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(5))
        fixture.ask(id: "r1")
        fixture.ask(id: "r2", call: "c2")
        fixture.time.advance(seconds: 1)
        fixture.event("call.ended", #""call_id":"c2""#)
        fixture.time.advance(seconds: 30)
        #expect(fixture.gateway.sends.count == 1)
        #expect(fixture.service.current.texts("deep_tool_result") == ["42."])
    }

    @Test("stopping answers what is open with the truth, then closes")
    func stop() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(20))
        fixture.ask()
        fixture.time.advance(seconds: 1)
        var isStopped = false
        fixture.bridge.stop { isStopped = true }
        #expect(fixture.service.current.texts("deep_tool_result") == [Phrases.english.stopping])
        #expect(fixture.service.current.isClosing && !isStopped)
        fixture.service.current.end(code: 1000)
        #expect(isStopped)
        fixture.time.advance(seconds: 60)
        #expect(fixture.service.connections.count == 1)
    }
}
