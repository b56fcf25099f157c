import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("A turn by chat: sentences as they come, and never asked twice")
struct AskingByChatTests {
    private let fixture = AskingFixture(chatAgentID: "main")

    /// The endpoint is on, and questions are answered so.
    private func script(_ chat: ScriptedGateway.Answer, rows: @escaping () -> [String] = { [] }) {
        fixture.gateway.script = { call in
            switch call.tool {
            case "chat-probe": .json(status: 405, "Method Not Allowed")
            case "chat": chat
            case "sessions_history": .rows(rows())
            default: .details(#"{"status":"ok","reply":"By sessions_send.","delivery":{"status":"skipped"}}"#)
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
        #expect(fixture.agent.formName == "chat" && fixture.turns[0].cancelEndsRun)
        fixture.time.advance(seconds: 3)
        #expect(fixture.said() == ["Let me look that up.", "Two things.", "The first at 10.30."])
        #expect(fixture.outcome() == .reply("The second, never mind."))
        let chat = fixture.gateway.chats[0]
        #expect(chat.message == "What? [ct:00000001]" && chat.sessionKey == "agent:main:main")
        #expect(
            fixture.gateway.sends.isEmpty && fixture.gateway.looks.isEmpty && !fixture.turns[0].cancelEndsRun)
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
        #expect(fixture.said() == ["One.", "Two."] && !fixture.isBusy)
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

    static let whole: [ScriptedGateway.Answer] = [
        .json(#"{"choices":[{"message":{"content":"It is ten. All is well."}}]}"#),
        // Without the last word.
        .stream([ScriptedStream.role, ScriptedStream.delta("It is ten. All is well.")], end: .orderly),
        // With the connection left open.
        .stream(
            [
                ScriptedStream.role, ScriptedStream.delta("It is ten. All is well."),
                ScriptedGateway.Piece(#"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"),
            ], end: nil),
    ]

    @Test("an answer is whole, however the gateway ends it", arguments: 0..<3)
    func whole(index: Int) {
        script(Self.whole[index])
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.said() == ["It is ten."] && fixture.outcome() == .reply("All is well."))
        #expect(fixture.gateway.looks.isEmpty && !fixture.isBusy)
    }

    @Test("while one question's stream is open beyond its time, the next is asked")
    func overdueLane() {
        script(ScriptedStream.whole(ScriptedStream.delta("At last.", after: 600)))
        fixture.ask(limit: 10) { $0.lateLimit = .seconds(900) }
        fixture.ask(limit: 30)
        fixture.time.advance(seconds: 12)
        #expect(fixture.updates[0].last == .overdue && fixture.gateway.chats.count == 2)
    }

    @Test("after a hang-up the next question waits until the run has stopped, and no longer")
    func afterCancel() {
        script(ScriptedStream.whole(ScriptedStream.delta("Late.", after: 60)))
        let (fixture, script) = (fixture, fixture.gateway.script)
        var endsAt = Duration.zero
        fixture.gateway.script = { call in
            guard call.tool == "sessions_list" else { return script(call) }
            let status = call.at < endsAt ? "running" : "done"
            return .details(#"{"sessions":[{"key":"agent:main:main","status":"\#(status)"}]}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        endsAt = .seconds(3)
        fixture.turns[0].cancel()
        fixture.ask()
        fixture.time.advance(seconds: 1.5)
        #expect(fixture.gateway.chats.count == 1)
        fixture.time.advance(seconds: 2)
        #expect(fixture.gateway.chats.count == 2)
    }

    @Test("reports and recoveries go by sessions_send")
    func others() {
        script(.never, rows: { [markedInput(2), Row.said("42.")] })
        fixture.ask { $0.wantsReply = false }
        fixture.ask { $0.earlier = EarlierAsking(receipt: Marker(7).receipt, since: 0) }
        fixture.time.advance(seconds: 60)
        #expect(fixture.gateway.chats.isEmpty && fixture.gateway.sends.count == 2)
    }
}
