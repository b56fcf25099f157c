import TestSupport
import Testing

@testable import OpenClaw

@Suite("A turn by chat: sentences as they come, and never asked twice")
struct AgentTurnChatTests {
    private let fixture = AgentLinkFixture(chatAgentID: "main")

    /// The endpoint is on, and questions are answered so.
    private func script(_ chat: ScriptedGateway.Answer, rows: @escaping () -> [String] = { [] }) {
        fixture.gateway.script = { call in
            switch call.tool {
            case "chat-probe": .json(status: 405, "Method Not Allowed")
            case "chat": chat
            case "sessions_history": .rows(rows())
            default: .details(#"{"status":"ok","reply":"By sessions_send."}"#)
            }
        }
    }

    @Test("sentences are said as they are finished, and the rest is the reply")
    func sentences() {
        script(
            ScriptedStream.whole(
                ScriptedStream.delta("Let me lo"), ScriptedStream.delta("ok that up."),
                ScriptedStream.delta("Two th", after: 3),
                ScriptedStream.delta("ings. The first at 10."),
                ScriptedStream.delta("30. The second, never mind.")))
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.said() == ["Let me look that up."])
        #expect(fixture.link.form == .chat && fixture.turns[0].cancelsRun)
        fixture.time.advance(seconds: 3)
        #expect(fixture.said() == ["Let me look that up.", "Two things.", "The first at 10.30."])
        #expect(fixture.outcome() == .reply("The second, never mind."))
        let chat = fixture.gateway.chats[0]
        #expect(chat.message == "What? [ct:00000001]" && chat.sessionKey == "agent:main:main")
        #expect(
            fixture.gateway.sends.isEmpty && fixture.gateway.looks.isEmpty && !fixture.turns[0].cancelsRun)
    }

    @Test("an answer that was said in full ends so")
    func saidInFull() {
        script(
            .stream(
                [
                    ScriptedStream.role, ScriptedStream.delta("It is done."),
                    ScriptedGateway.Piece(after: .seconds(2), "data: [DONE]\n\n"),
                ],
                end: nil))
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.said() == ["It is done."] && fixture.outcome() == .saidInFull)
    }

    @Test(
        "what runs without an answer come to",
        arguments: [
            ([], TurnOutcome.noReply), ([ScriptedStream.delta("No response from OpenClaw.")], .noReply),
            ([ScriptedStream.delta("NO_"), ScriptedStream.delta("REPLY")], .noReply),
            (
                [ScriptedStream.delta("⚠️ Agent couldn't generate a response. Please try again.")],
                .failed(.agentFailed)
            ),
            (
                [ScriptedGateway.Piece(#"data: {"error":{"message":"secret","type":"x"}}"# + "\n\n")],
                .failed(.agentFailed)
            ),
            (
                [
                    ScriptedStream.delta("I am"),
                    ScriptedGateway.Piece(
                        #"data: {"choices":[{"delta":{"content":"Error: internal error"},"finish_reason":"stop"}]}"#
                            + "\n\n"),
                ],
                .failed(.agentFailed)
            ),
        ] as [([ScriptedGateway.Piece], TurnOutcome)])
    func noAnswer(pieces: [ScriptedGateway.Piece], expected: TurnOutcome) {
        script(.stream([ScriptedStream.role] + pieces + [ScriptedStream.end], end: .orderly))
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome() == expected && fixture.said().isEmpty)
    }

    @Test("an agent's own warning is its answer")
    func warning() {
        script(ScriptedStream.whole(ScriptedStream.delta("⚠️ Your flight is late. Take care.")))
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.said() == ["⚠️ Your flight is late."] && fixture.outcome() == .reply("Take care."))
    }

    @Test("hanging up closes the stream, and nothing is said any more")
    func cancel() {
        script(
            ScriptedStream.whole(
                ScriptedStream.delta("One. Two. Three"), ScriptedStream.delta(". Four.", after: 5)))
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.turns[0].cancel()
        #expect(fixture.gateway.closedStreams == 1 && fixture.outcome() == .failed(.cancelled))
        fixture.time.advance(seconds: 20)
        #expect(fixture.said() == ["One.", "Two."] && !fixture.link.isBusy("agent:main:main"))
    }

    @Test("one question at a time in a session")
    func lane() {
        script(ScriptedStream.whole(ScriptedStream.delta("Yes.", after: 4)))
        fixture.ask()
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.gateway.chats.count == 1)
        fixture.time.advance(seconds: 9)
        #expect(fixture.gateway.chats.count == 2 && fixture.outcome(1) == .reply("Yes."))
        #expect(fixture.gateway.chatProbes.count == 1)
    }

    @Test("the time limit closes the stream; with a late limit it goes on")
    func timeLimit() {
        script(ScriptedStream.whole(ScriptedStream.delta("At last. Here.", after: 20)))
        fixture.ask(limit: 10)
        fixture.time.advance(seconds: 11)
        #expect(fixture.outcome() == .failed(.timedOut) && fixture.gateway.closedStreams == 1)
        fixture.ask(limit: 10) { $0.lateLimit = .seconds(60) }
        fixture.time.advance(seconds: 11)
        #expect(fixture.updates[1].last == .overdue)
        fixture.time.advance(seconds: 11)
        #expect(fixture.said(1) == ["At last."] && fixture.outcome(1) == .reply("Here."))
        #expect(fixture.gateway.looks.isEmpty)
    }

    @Test("reports and recoveries go by sessions_send")
    func others() {
        script(.never, rows: { [markedInput(2)] })
        fixture.ask { $0.wantsReply = false }
        fixture.ask { $0.earlier = EarlierAsking(marker: Marker(7), since: 0) }
        fixture.time.advance(seconds: 60)
        #expect(fixture.gateway.chats.isEmpty && fixture.gateway.sends.count == 2)
    }
}
