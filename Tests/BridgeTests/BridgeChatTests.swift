import Agent
import ClawdTalkAPI
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("What a caller hears when the agent is asked by chat")
struct BridgeChatTests {
    private func fixture(
        _ chat: ScriptedGateway.Answer, _ adjust: (inout BridgeSettings) -> Void = { _ in }
    ) -> BridgeFixture {
        let fixture = BridgeFixture(isChatOn: true, adjust)
        fixture.gateway.script = { call in
            switch call.tool {
            case "chat-probe": .json(status: 405, "Method Not Allowed")
            case "chat": chat
            default: .rows([])
            }
        }
        fixture.connect()
        return fixture
    }

    private static let answer = ScriptedStream.whole(
        ScriptedStream.delta("Let me look. "), ScriptedStream.delta("**One** thing. ", after: 2),
        ScriptedStream.delta("And another."))

    @Test("each sentence as it is finished, cleaned, and nothing twice")
    func sentences() {
        let fixture = fixture(Self.answer)
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.heard() == ["Let me look.", "One thing.", "And another."])
        #expect(fixture.results() == ["And another."] && fixture.bridge.status.answered == 1)
        #expect(fixture.bridge.status.form == "chat")
    }

    @Test("a sentence that the line lost comes again after the next login, before what follows it")
    func cut() {
        let fixture = fixture(Self.answer)
        fixture.ask()
        fixture.time.advance(seconds: 1.5)
        #expect(fixture.heard() == ["Let me look."])
        fixture.service.current.end()
        fixture.time.advance(seconds: 4)
        fixture.service.current.logIn()
        #expect(
            fixture.service.current.sent.compactMap { $0["text"] as? String } == [
                "Let me look.", "One thing.", "And another.",
            ])
    }

    @Test("after the time limit what comes is one late answer")
    func late() {
        let fixture = fixture(
            ScriptedStream.whole(
                ScriptedStream.delta("Soon. "), ScriptedStream.delta("One thing. ", after: 12),
                ScriptedStream.delta("And another.", after: 5))
        ) { $0.conversation.replyTimeLimit = .seconds(9) }
        fixture.ask()
        fixture.time.advance(seconds: 30)
        #expect(fixture.results() == [Phrases.english.timedOut])
        #expect(fixture.responses() == ["About your earlier question: One thing. And another."])
    }

    @Test("a walkie-talkie gets it whole")
    func walkie() {
        let fixture = fixture(Self.answer)
        fixture.event("walkie_request", #""request_id":"w1","transcript":"Hi there""#)
        fixture.time.advance(seconds: 5)
        #expect(
            fixture.service.current.sent.last?["reply"] as? String == "Let me look. One thing. And another.")
    }

    @Test("what was said in full still has its one result")
    func inFull() {
        let pieces = [
            ScriptedStream.role, ScriptedStream.delta("It is done."),
            ScriptedGateway.Piece(after: .seconds(2), "data: [DONE]\n\n"),
        ]
        let fixture = fixture(.stream(pieces, end: .orderly))
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.heard() == ["It is done.", Phrases.english.saidInFull])
        #expect(fixture.bridge.status.answered == 1)
    }

    @Test("hanging up, and a stop word, end the agent's run", arguments: [true, false])
    func hangUp(isHangUp: Bool) {
        let fixture = fixture(.stream([ScriptedStream.role, ScriptedStream.delta("Let me")], end: nil))
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.closedStreams == 0)
        if isHangUp {
            fixture.event("call.ended", #""call_id":"c1""#)
        } else {
            fixture.ask("stop", id: "r2")
        }
        #expect(fixture.gateway.closedStreams == 1)
    }

    @Test("after stop, a hang-up or the end nothing more is said of an overdue answer", arguments: 0..<3)
    func dropped(way: Int) {
        let fixture = fixture(
            .stream(
                [
                    ScriptedStream.role, ScriptedStream.delta("One thing. ", after: 12),
                    ScriptedStream.delta("And"),
                ],
                end: nil)
        ) { $0.conversation.replyTimeLimit = .seconds(9) }
        fixture.ask()
        fixture.time.advance(seconds: 15)
        switch way {
        case 0: fixture.ask("stop", id: "r2")
        case 1: fixture.event("call.ended", #""call_id":"c1""#)
        default: fixture.bridge.stop {}
        }
        fixture.time.advance(seconds: 2)
        #expect(fixture.responses().isEmpty && fixture.results() == [Phrases.english.timedOut])
    }

    @Test("a part is never given as the whole")
    func part() throws {
        let fixture = fixture(
            .stream(
                [
                    ScriptedStream.role, ScriptedStream.delta("One thing. And"),
                    ScriptedGateway.Piece(#"data: {"error":{"message":"secret"}}"# + "\n\n"),
                ], end: .orderly))
        fixture.event("walkie_request", #""request_id":"w1","transcript":"Hi there""#)
        fixture.time.advance(seconds: 30)
        let response = try #require(fixture.service.current.sent.last)
        #expect(response["error"] as? String == "One thing. " + Phrases.english.agentFailed)
    }
}
