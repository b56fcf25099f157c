import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("One turn: nothing is ever done twice, and nobody waits for ever")
struct AskingSafetyTests {
    private let fixture = AskingFixture()
    private static let late = [
        (1, ScriptedGateway.Answer.json(status: 500, #"{"ok":false,"error":{"type":"tool_error"}}"#)),
        (2, .json("<html>")), (3, .json(status: 400, #"{"ok":false,"error":{"type":"tool_error"}}"#)),
        (4, .details(#"{"status":"error","sentBeforeError":true}"#)),
        (5, .json(status: 502, "")),
        (6, .details(#"{"status":"error","error":"All models failed","runId":"r"}"#)),
        (7, .details(#"{"status":"error","error":"gateway timeout after 10000ms","runId":"r"}"#)),
    ]

    @Test(
        "after an answer that leaves it open the message is not repeated; without the marker it ends after 15 s",
        arguments: 0..<7)
    func uncertain(index: Int) {
        fixture.script(send: Self.late[index].1) { [Row.user("other")] }
        fixture.ask()
        fixture.time.advance(seconds: 14)
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome() == .failed(.uncertain))
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test(
        "after the same, with the marker in the history, the reply is waited for",
        arguments: [0, 1, 2, 3, 4, 6])
    func uncertainButArrived(index: Int) {
        let time = fixture.time
        fixture.script(send: Self.late[index].1) {
            time.now < .seconds(5)
                ? [] : time.now < .seconds(60) ? [markedInput()] : [markedInput(), Row.said("42.")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 65)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test("a run that failed after it acted is not asked again, and its failure is said")
    func failedAfterActing() {
        let failed = #"{"status":"error","error":"All models failed","runId":"r"}"#
        fixture.script(send: .details(failed, after: .seconds(3))) {
            [markedInput(), Row.said("Sending it.", stop: "toolUse", id: "1"), Row.said("", stop: "error")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .failed(.agentFailed) && fixture.gateway.sends.count == 1)
    }

    @Test("an error after which the history shows no more: after 15 s without a sign the truth is said")
    func failedWithoutRows() {
        let time = fixture.time
        let failed = #"{"status":"error","error":"All models failed","runId":"r"}"#
        fixture.script(send: .details(failed)) {
            [markedInput()] + (time.now > .seconds(10) ? [Row.said("Wait.", stop: "toolUse")] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 20)
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 7)
        #expect(fixture.outcome() == .failed(.uncertain) && fixture.gateway.sends.count == 1)
    }

    @Test("a call that breaks off is watched through a restart of the gateway, however long that takes")
    func brokenCall() {
        let time = fixture.time
        fixture.gateway.script = { call in
            if call.tool == "sessions_send" { return .failure(after: .seconds(3), mayHaveArrived: true) }
            if (.seconds(3)..<Duration.seconds(40)).contains(time.now) {
                return .failure(mayHaveArrived: false)
            }
            return .rows([markedInput()] + (time.now > .seconds(50) ? [Row.said("42.")] : []))
        }
        fixture.ask()
        fixture.time.advance(seconds: 55)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test("a gateway that is suspended while its history is looked at has said nothing about the question")
    func suspendedWhileWatching() {
        let time = fixture.time
        fixture.gateway.script = { call in
            if call.tool == "sessions_send" { return .json(status: 500, "{}") }
            return time.now < .seconds(40)
                ? .json(status: 503, #"{"ok":false,"error":{"code":"gateway_unavailable"}}"#)
                : .rows([markedInput(), Row.said("42.")])
        }
        fixture.ask()
        fixture.time.advance(seconds: 45)
        #expect(fixture.outcome() == .reply("42.") && fixture.gateway.sends.count == 1)
    }

    @Test("a call that breaks off, and a whole history without the question: after 15 s the truth is said")
    func brokenCallLost() {
        fixture.script(send: .failure(mayHaveArrived: true)) { [Row.user("other")] }
        fixture.ask()
        fixture.time.advance(seconds: 14)
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 4)
        #expect(fixture.outcome() == .failed(.uncertain) && fixture.gateway.sends.count == 1)
        #expect(!fixture.isBusy)
    }

    @Test("a gateway that cannot be reached is tried again, and said once")
    func unreachable() {
        let time = fixture.time
        fixture.gateway.script = { _ in
            time.now < .seconds(4)
                ? .failure(mayHaveArrived: false)
                : .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 7)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.updates[0].count { $0 == .gatewayUnavailable } == 1)
        #expect(fixture.gateway.looks.isEmpty)
    }

    @Test("one that stays away ends with the truth")
    func staysAway() {
        fixture.gateway.script = { _ in .failure(mayHaveArrived: false) }
        fixture.ask(limit: 20)
        fixture.time.advance(seconds: 21)
        #expect(fixture.outcome() == .failed(.unreachable))
        #expect(fixture.gateway.sends.count < 16)
    }

    @Test("503 proves that nothing ran: sent again")
    func unavailable() {
        let gateway = fixture.gateway
        fixture.gateway.script = { _ in
            gateway.sends.count < 2
                ? .json(status: 503, "")
                : .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.sends.count == 2)
    }

    @Test("429 is obeyed to the second")
    func rateLimited() {
        let gateway = fixture.gateway
        fixture.gateway.script = { _ in
            gateway.sends.count < 2
                ? .json(status: 429, "{}", fields: [("Retry-After", "7")])
                : .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.gateway.sends[1].at - fixture.gateway.sends[0].at >= .seconds(7))
        #expect(fixture.outcome() == .reply("42."))
    }

    @Test("429 for longer than the reply is worth ends at once")
    func rateLimitedTooLong() {
        fixture.gateway.script = { _ in .json(status: 429, "{}", fields: [("Retry-After", "600")]) }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .failed(.rateLimited))
    }

    @Test(
        "permanent refusals end at once",
        arguments: [
            (404, #"{"ok":false,"error":{"type":"not_found"}}"#, TurnFailure.toolNotAllowed),
            (404, "nope", .notAGateway), (403, #"{"ok":false,"error":{"type":"forbidden"}}"#, .forbidden),
            (400, #"{"ok":false,"error":{"type":"invalid_request"}}"#, .refused),
            (413, #"{"error":{"type":"x"}}"#, .refused),
            (405, "Method Not Allowed", .notAGateway),
        ])
    func permanent(status: Int, body: String, expected: TurnFailure) {
        fixture.gateway.script = { _ in .json(status: status, body) }
        fixture.ask()
        fixture.time.advance(seconds: 0.4)
        #expect(fixture.outcome() == .failed(expected))
        #expect(fixture.gateway.calls.count == 1)
    }

    @Test("a gateway that hangs ends at the deadline")
    func hanging() {
        fixture.gateway.script = { _ in .never }
        fixture.ask(limit: 20)
        fixture.time.advance(seconds: 21)
        #expect(fixture.outcome() == .failed(.timedOut))
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test("without a readable history an answer that did not come is uncertain, at once")
    func noHistory() {
        fixture.gateway.script = { call in
            call.tool == "sessions_history"
                ? .json(status: 404, #"{"ok":false,"error":{"type":"not_found"}}"#)
                : .details(#"{"status":"ok"}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .failed(.uncertain))
    }

    @Test("a history that is not allowed, known before the call ends: said at once")
    func noHistoryLateAnswer() {
        fixture.gateway.script = { call in
            call.tool == "sessions_history"
                ? .json(status: 404, #"{"ok":false,"error":{"type":"not_found"}}"#)
                : .details(#"{"status":"ok"}"#, after: .seconds(3))
        }
        fixture.ask()
        fixture.time.advance(seconds: 3.2)
        #expect(fixture.outcome() == .failed(.uncertain))
        #expect(fixture.gateway.looks.count == 1)
    }

    @Test("an ended run without any text for the history ends the wait after 15 s")
    func endedSilently() {
        fixture.script(send: .details(#"{"status":"ok"}"#)) { [markedInput()] }
        fixture.ask()
        fixture.time.advance(seconds: 18)
        #expect(fixture.outcome() == .noReply)
    }

    @Test("a deadline while another token is tried does not say that the agent works")
    func deadlineDuringProbe() {
        fixture.setTokens(["token", "other"])
        fixture.gateway.script = { call in
            call.token == "token" ? .json(status: 401, #"{"error":{"type":"unauthorized"}}"#) : .never
        }
        fixture.ask(limit: 5)
        fixture.time.advance(seconds: 6)
        #expect(fixture.outcome() == .failed(.unauthorized))
    }

    @Test("cancelling stops the wait, not the agent")
    func cancel() {
        fixture.gateway.script = { _ in .never }
        var updates: [TurnUpdate] = []
        let turn = fixture.lanes.ask(AgentQuestion(.call("c"), text: "x", timeLimit: .seconds(60))) {
            updates.append($0)
        }
        fixture.time.advance(seconds: 1)
        turn.cancel()
        turn.cancel()
        #expect(updates == [.sending, .finished(.failed(.cancelled))])
    }
}
