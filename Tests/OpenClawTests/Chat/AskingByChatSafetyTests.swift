import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("A turn by chat that goes wrong: the history decides, what was said is not said again")
struct AskingByChatSafetyTests {
    private let fixture = AskingFixture(chatAgentID: "main")

    private func script(
        _ chat: @escaping (Int) -> ScriptedGateway.Answer, rows: @escaping () -> [String] = { [] }
    ) {
        fixture.gateway.script = { [fixture] call in
            switch call.tool {
            case "chat-probe": .json(status: 405, "Method Not Allowed")
            case "chat": chat(fixture.gateway.chats.count)
            case "sessions_history": .rows(rows())
            default: .details(#"{"status":"ok","reply":"By sessions_send.","delivery":{"status":"skipped"}}"#)
            }
        }
    }

    static let rows = [
        Row.user("What? [ct:00000001]"), Row.said("Let me look that up.", stop: "toolUse", id: "t"),
        Row.said("Two things. The **first** at ten. The second at one.", id: "f"),
    ]

    @Test("a stream that breaks: the history has the rest")
    func breaks() {
        let pieces = [
            ScriptedStream.role, ScriptedStream.delta("Let me look that up."),
            ScriptedStream.delta("Two things. The first at ten. The s", after: 2),
        ]
        script({ _ in .stream(pieces, end: .broken) }, rows: { Self.rows })
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.said() == ["Let me look that up.", "Two things.", "The first at ten."])
        #expect(fixture.outcome() == .reply("The second at one.") && fixture.progress().isEmpty)
        #expect(fixture.gateway.chats.count == 1 && fixture.gateway.sends.isEmpty)
    }

    @Test("a run that was cancelled with the stream has failed")
    func aborted() {
        let rows = [Row.user("What? [ct:00000001]"), Row.said("Two thi", stop: "aborted")]
        script(
            { _ in .stream([ScriptedStream.role, ScriptedStream.delta("Two thi")], end: .broken) },
            rows: { rows })
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .failed(.agentFailed) && fixture.gateway.chats.count == 1)
    }

    static let strange: [ScriptedGateway.Answer] = [
        .json(#"{"choices":[{"message":{}}]}"#), .json("<html>Welcome</html>"),
        .stream([], end: .orderly), .stream([ScriptedStream.role], end: .orderly),
        .stream([ScriptedGateway.Piece("data: {nonsense\n\n")], end: nil), .json(status: 500, "{}"),
        .stream([ScriptedGateway.Piece(String(repeating: "x", count: 2 << 20))], end: nil),
        .stream([ScriptedGateway.Piece("<html>data: no</html>")], end: .orderly, contentType: "text/html"),
        .failure(mayHaveArrived: true),
    ]

    @Test("an answer that is no stream: the history has it, or nobody knows", arguments: 0..<9)
    func noStream(index: Int) {
        script({ _ in Self.strange[index] }, rows: { Self.rows })
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.outcome() == .reply("Two things. The **first** at ten. The second at one."))
        let lost = AskingByChatSafetyTests()
        lost.script({ _ in Self.strange[index] })
        lost.fixture.ask()
        lost.fixture.time.advance(seconds: 30)
        #expect(lost.fixture.outcome() == .failed(.uncertain) && lost.fixture.gateway.chats.count == 1)
        #expect(lost.fixture.gateway.sends.isEmpty)
    }

    @Test("a stream that never ends, and pours out, ends with the time")
    func endless() {
        let many = (0..<3_000).map { _ in ScriptedStream.delta("And on and on. ") }
        script({ _ in .stream(many, end: nil) })
        fixture.ask(limit: 30)
        fixture.time.advance(seconds: 31)
        #expect(fixture.outcome() == .failed(.timedOut) && fixture.gateway.closedStreams == 1)
        #expect(fixture.said().joined().utf8.count < 17_000)
    }

    @Test("characters torn by the network are whole")
    func unicode() {
        let bytes = Array(
            #"data: {"choices":[{"delta":{"content":"Tomás 🦷 日本。"},"finish_reason":"stop"}]}"#.utf8)
        let pieces = bytes.map { ScriptedGateway.Piece(after: .milliseconds(1), bytes: [$0]) }
        script({ _ in .stream(pieces + [ScriptedGateway.Piece("\n\ndata: [DONE]\n\n")], end: .orderly) })
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("Tomás 🦷 日本。"))
    }

    @Test("nothing ran: it is sent again, after Retry-After and with another token")
    func again() {
        fixture.setTokens(["old", "new"])
        script { count in
            switch count {
            case 1: .failure(mayHaveArrived: false)
            case 2: .json(status: 429, "{}", fields: [("Retry-After", "3")])
            case 3: .json(status: 503, "{}")
            case 4: .json(status: 401, #"{"error":{"type":"unauthorized"}}"#)
            default: ScriptedStream.whole(ScriptedStream.delta("Yes."))
            }
        }
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .reply("Yes."))
        #expect(fixture.gateway.chats.map(\.token) == ["old", "old", "old", "old", "new"])
        #expect(fixture.gateway.chats[2].at - fixture.gateway.chats[1].at >= .seconds(3))
        #expect(fixture.updates[0].count { $0 == .gatewayUnavailable } == 1)
    }

    @Test("a refusal of the question switches to sessions_send", arguments: [404, 400, 403, 405, 302])
    func refused(status: Int) {
        script { _ in .json(status: status, "Not Found") }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .reply("By sessions_send.") && fixture.agent.formName == "waited")
        #expect(fixture.log.contains { $0.contains("sessions_send") && $0.contains("--chat-endpoint") })
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.gateway.chats.count == 1 && fixture.gateway.chatProbes.count == 1)
    }
}
