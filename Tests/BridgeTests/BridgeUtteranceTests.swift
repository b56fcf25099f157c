import Agent
import ClawdTalkAPI
import Foundation
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("Transcripts of the older service, stop words, walkie-talkie")
struct BridgeUtteranceTests {
    private func say(_ text: String, event: String = "transcription", in fixture: BridgeFixture) {
        fixture.event(event, #""call_id":"c1","\#(event == "message" ? "text" : "transcript")":"\#(text)""#)
    }

    private func asked(_ fixture: BridgeFixture) -> [String] {
        fixture.gateway.sends.compactMap(\.message).compactMap {
            $0.split(separator: "\n").first?.components(separatedBy: "asks: ").last
        }
    }

    @Test(
        "pieces within 300 ms are one question, answered by a response", arguments: ["message", "transcript"])
    func pieces(event: String) {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("Sunny.")
        say("what is", event: event, in: fixture)
        fixture.time.advance(seconds: 0.2)
        say("the weather", event: event, in: fixture)
        fixture.time.advance(seconds: 2)
        #expect(asked(fixture) == ["what is the weather"])
        #expect(fixture.responses() == ["Sunny."])
    }

    @Test("what is said while the answer is found is one more question after it")
    func queued() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("Fine.", after: .seconds(5))
        say("first question", in: fixture)
        fixture.time.advance(seconds: 1)
        say("second", in: fixture)
        fixture.time.advance(seconds: 1)
        say("question", in: fixture)
        fixture.time.advance(seconds: 3.5)
        #expect(asked(fixture) == ["first question", "second question"])
        fixture.time.advance(seconds: 10)
        #expect(fixture.responses().filter { $0 == "Fine." }.count == 2)
    }

    @Test("a breath is no question", arguments: ["", " ", "a", " ?"])
    func breath(text: String) {
        let fixture = BridgeFixture()
        fixture.connect()
        say(text, in: fixture)
        fixture.time.advance(seconds: 2)
        #expect(fixture.gateway.calls.isEmpty && fixture.responses().isEmpty)
    }

    @Test(
        "a stop word ends the wait of everything in the call, and claims nothing about the agent",
        arguments: ["Stop.", "never mind", "Cancel, please!", "STOP IT"])
    func stop(word: String) {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(30))
        fixture.ask(id: "r1")
        fixture.ask(id: "other", call: "c2")
        fixture.time.advance(seconds: 1)
        fixture.ask(word, id: "r2")
        #expect(fixture.results("r1") == ["All right, I stop waiting."] && fixture.results("r2") == ["Okay."])
        fixture.time.advance(seconds: 60)
        #expect(fixture.results("r1").count == 1 && fixture.responses("c1").isEmpty)
        #expect(fixture.results("other") == ["42."])
        #expect(fixture.gateway.sends.count == 2)
    }

    @Test("spoken stop words need not wait for the pause")
    func spokenStop() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(30))
        say("what is it", in: fixture)
        fixture.time.advance(seconds: 1)
        say("stop", in: fixture)
        #expect(fixture.responses() == ["All right, I stop waiting.", "Okay."])
    }

    @Test(
        "a sentence that begins with a stop word and comes in pieces is one question, when there is nothing to stop"
    )
    func noStopInPieces() {
        let fixture = BridgeFixture { $0.conversation.approvalMode = .off }
        fixture.connect()
        fixture.reply("42.")
        say("cancel", in: fixture)
        fixture.time.advance(seconds: 0.1)
        say("my flight to Oslo", in: fixture)
        fixture.time.advance(seconds: 2)
        #expect(asked(fixture) == ["cancel my flight to Oslo"])
    }

    @Test("with nothing to stop, and as a part of a question, it is a question")
    func noStop() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.")
        fixture.ask("stop", id: "r1")
        fixture.time.advance(seconds: 1)
        fixture.ask("When does the bus stop here?", id: "r2")
        fixture.time.advance(seconds: 1)
        #expect(fixture.results("r1") == ["42."] && fixture.results("r2") == ["42."])
    }

    @Test("own stop words")
    func ownWords() {
        let fixture = BridgeFixture { $0.conversation.stopWords = ["genug"] }
        fixture.connect()
        fixture.reply("42.", after: .seconds(30))
        fixture.ask(id: "r1")
        fixture.ask("Genug!", id: "r2")
        #expect(fixture.results("r2") == ["Okay."])
    }

    @Test("walkie-talkie: the configured session whatever the service names, one response")
    func walkie() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("Roger.", after: .seconds(10))
        fixture.event(
            "walkie_request", #""request_id":"w1","transcript":"Hi there","session_key":"agent:other:main""#)
        fixture.event("walkie_request", #""request_id":"w1","transcript":"Hi there""#)
        fixture.time.advance(seconds: 20)
        let sent = fixture.service.current.sent.filter { $0["type"] as? String != "auth" }
        #expect(sent.count == 1 && sent[0]["reply"] as? String == "Roger." && sent[0]["error"] == nil)
        #expect(fixture.gateway.sends.map(\.sessionKey) == ["agent:main:main"])
    }

    @Test("walkie-talkie: an error is one sentence")
    func walkieError() throws {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.gateway.script = { _ in .json(status: 404, #"{"ok":false,"error":{"type":"not_found"}}"#) }
        fixture.event("walkie_request", #""request_id":"w1","transcript":"Hi there""#)
        fixture.time.advance(seconds: 1)
        let response = try #require(fixture.service.current.sent.last)
        #expect(response["type"] as? String == "walkie_response" && response["reply"] is NSNull)
        #expect(response["error"] as? String == Phrases.english.toolNotAllowed)
    }
}
