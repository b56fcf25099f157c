import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("One turn: the answer from every kind of gateway (gateway.md B3-B5)")
struct AskingAnswerTests {
    private let fixture = AskingFixture()

    @Test("a reply in the waited call costs one request and no history")
    func inline() {
        fixture.gateway.script = { _ in
            .details(
                #"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#, after: .milliseconds(400))
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.calls.count == 1)
        #expect(fixture.gateway.sends[0].message == "What? [ct:00000001]")
    }

    @Test("the wait is an integer a little under the time that is left, the HTTP deadline 15 s over it")
    func waitAndDeadline() {
        fixture.ask(limit: 30.5)
        fixture.time.advance(seconds: 0.1)
        #expect(fixture.gateway.sends[0].timeoutSeconds == 28)
        #expect(fixture.gateway.sends[0].deadline == .seconds(43))
        #expect(fixture.gateway.sends[0].sessionKey == "agent:main:main")
        #expect(fixture.gateway.sends[0].token == "token")
    }

    @Test("a reply only in the text content")
    func contentOnly() {
        fixture.gateway.script = { _ in
            .json(
                #"{"ok":true,"result":{"content":[{"type":"text","text":"{\"status\":\"ok\",\"reply\":\"42.\",\"delivery\":{\"status\":\"skipped\"}}"}]}}"#
            )
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("42."))
    }

    @Test("ok without reply: the history has it")
    func okWithoutReply() {
        fixture.script(send: .details(#"{"status":"ok"}"#)) { [markedInput(), Row.said("42.")] }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test(
        "the run goes on after the wait: the answer comes late, once",
        arguments: ["accepted", "timeout", "strange"])
    func late(status: String) {
        let time = fixture.time
        fixture.script(send: .details(#"{"status":"\#(status)"}"#)) {
            time.now < .seconds(40) ? [markedInput()] : [markedInput(), Row.said("42.")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 39)
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 4)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test("intermediate texts are reported once each, in order, while the call is open")
    func progress() {
        let time = fixture.time
        fixture.script(
            send: .details(
                #"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#, after: .seconds(4))
        ) {
            let first = Row.said("Let me look.", stop: "toolUse", id: "1")
            let second = Row.said("Almost there. [ct:00000001]", stop: "toolUse", id: "2")
            return [markedInput()] + (time.now > .seconds(1) ? [first] : [])
                + (time.now > .seconds(2) ? [second] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.progress() == ["Let me look.", "Almost there."])
        #expect(fixture.outcome() == .reply("42."))
    }

    @Test("a final row ends the wait before the call does, and the call's own answer changes nothing")
    func finalRowFirst() {
        fixture.script(send: .details(#"{"status":"ok","reply":"42."}"#, after: .seconds(9))) {
            [markedInput(), Row.said("42.")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 4.5)
        // The call's own answer is better: it is neither cut nor masked.
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .reply("42."))
        fixture.time.advance(seconds: 5)
        #expect(fixture.updates[0].count { if case .finished = $0 { true } else { false } } == 1)
    }

    @Test("the history is asked after 2 s, then every second, after 30 s every two")
    func pace() {
        fixture.script(send: .details(#"{"status":"accepted"}"#, after: .seconds(200))) { [markedInput()] }
        fixture.ask()
        fixture.time.advance(seconds: 36)
        let looks = fixture.gateway.looks.map { $0.at - fixture.gateway.sends[0].at }
        #expect(looks.prefix(3) == [.seconds(2), .seconds(3), .seconds(4)])
        #expect(looks.suffix(3) == [.seconds(32), .seconds(34), .seconds(36)])
    }

    @Test("the refusal of a self-send switches the form, for the rest of the process")
    func selfSend() {
        fixture.gateway.script = { call in
            if call.tool == "sessions_history" {
                return .rows([markedInput(1), Row.said("42."), markedInput(2), Row.said("43.")])
            }
            return call.timeoutSeconds == 0
                ? .details(#"{"status":"accepted"}"#)
                : .details(
                    #"{"status":"error","error":"sessions_send cannot target the calling session; use your own reply instead"}"#
                )
        }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome(0) == .reply("42."))
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome(1) == .reply("43."))
        #expect(fixture.gateway.sends.map { $0.timeoutSeconds == 0 } == [false, true, true])
        #expect(fixture.agent.formName == "unwaited")
    }

    @Test("an old history without stop reasons: a text is the answer when it stays the last for two seconds")
    func quiet() {
        let time = fixture.time
        fixture.script(send: .details(#"{"status":"ok"}"#)) {
            [
                markedInput(),
                Row.said(
                    time.now < .seconds(2) ? "Hm." : "42.", stop: nil, id: time.now < .seconds(2) ? "1" : "2"),
            ]
        }
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome() == .reply("42."))
    }

    @Test(
        "endings without an answer",
        arguments: [
            (#"{"status":"no_reply"}"#, TurnOutcome.noReply),
            (#"{"status":"ok","reply":"NO_REPLY","delivery":{"status":"skipped"}}"#, .noReply),
            (#"{"status":"ok","reply":"**HEARTBEAT_OK**","delivery":{"status":"skipped"}}"#, .noReply),
            (
                #"{"status":"ok","reply":"Context overflow: prompt too large for the model. Try /reset (or /new) to start a fresh session.","delivery":{"status":"skipped"}}"#,
                .failed(.agentFailed)
            ),
            (#"{"status":"forbidden"}"#, .failed(.forbidden)),
            (#"{"status":"error","error":"No session found with label: x"}"#, .failed(.refused)),
        ])
    func withoutAnswer(details: String, expected: TurnOutcome) {
        fixture.gateway.script = { _ in .details(details) }
        fixture.ask()
        fixture.time.advance(seconds: 0.3)
        #expect(fixture.outcome() == expected)
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test("a run that ends silently is found by its announce step")
    func silent() {
        fixture.script(send: .details(#"{"status":"accepted"}"#)) { [markedInput(), Row.announceStep] }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .noReply)
    }

    @Test("a run that fails is said to have failed")
    func runFailed() {
        fixture.script(send: .details(#"{"status":"accepted"}"#)) {
            [markedInput(), Row.said("Boom", stop: "error")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 4)
        #expect(fixture.outcome() == .failed(.agentFailed))
    }

    @Test("an error that another model makes good, in the call or in the history, is not the end")
    func fallbackModel() {
        let time = fixture.time
        fixture.script(
            send: .details(
                #"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#, after: .seconds(3))
        ) {
            [markedInput(), Row.said("Boom", stop: "error")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 4)
        #expect(fixture.outcome(0) == .reply("42."))
        let start = time.now
        fixture.script(send: .details(#"{"status":"accepted"}"#)) {
            let failed = Row.said("Boom", stop: "error", id: "e")
            return [markedInput(2), failed] + (time.now - start > .seconds(2) ? [Row.said("43.")] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 4)
        #expect(fixture.outcome(1) == .reply("43."))
    }

    @Test("a turn with more rows than the window holds is still found")
    func longTurn() {
        let time = fixture.time
        fixture.gateway.script = { call in
            guard call.tool == "sessions_history" else { return .details(#"{"status":"accepted"}"#) }
            let rowCount = time.now > .seconds(3) ? 40 : 1
            let steps = (0..<rowCount).map { Row.said("Step \($0).", stop: "toolUse", id: "s\($0)") }
            let rows = [markedInput()] + steps + (time.now > .seconds(6) ? [Row.said("42.")] : [])
            return .rows(Array(rows.suffix(call.limit ?? 0)))
        }
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.progress().count == 40)
    }

    @Test(
        "a reply that carries our own marker is our question read back: the history is asked",
        arguments: [true, false])
    func echo(hasAnswer: Bool) {
        fixture.script(send: .details(#"{"status":"ok","reply":"What? [ct:00000001]"}"#)) {
            [markedInput()] + (hasAnswer ? [Row.said("42.")] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 18)
        #expect(fixture.outcome() == (hasAnswer ? .reply("42.") : .noReply))
    }

    @Test("our question read back is not spoken where the history cannot be read")
    func echoWithoutHistory() {
        fixture.gateway.script = { call in
            call.tool == "sessions_history"
                ? .json(status: 404, #"{"error":{"type":"not_found"}}"#)
                : .details(#"{"status":"ok","reply":"[ct:00000001] What?"}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .failed(.uncertain))
    }

    @Test("a gateway without provenance that asks its agent the same again: neither row is an answer")
    func echoInHistory() {
        let time = fixture.time
        fixture.script(send: .details(#"{"status":"accepted"}"#)) {
            [
                Row.said("What? [ct:00000001]", stop: nil, id: "1"),
                Row.said("What? [ct:00000001] Please answer.", stop: nil, id: "2"),
            ] + (time.now > .seconds(8) ? [Row.said("42.", stop: nil, id: "3")] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 8)
        #expect(fixture.outcome() == nil && fixture.progress().isEmpty)
        fixture.time.advance(seconds: 5)
        #expect(fixture.outcome() == .reply("42."))
    }

    @Test("a placeholder for a text that was too large is no answer; the call has it")
    func placeholder() {
        fixture.script(
            send: .details(
                #"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#, after: .seconds(3))
        ) {
            [markedInput(), Row.said("[sessions_history omitted: message too large]")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 4)
        #expect(fixture.outcome() == .reply("42."))
    }
}
