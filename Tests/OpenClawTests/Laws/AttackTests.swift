import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("Asking, attacked: what would give a caller the wrong answer, ask twice, or hold a session for ever")
struct AttackTests {
    private let fixture = AskingFixture()
    private let plain = #"{"status":"ok","reply":"It is 21 degrees."}"#
    private let refusal = #"{"error":{"message":"Unauthorized","type":"unauthorized"}}"#

    @Test("an older reply that differs in one digit from the answer in the history is not spoken")
    func oneDigit() {
        let plain = plain
        fixture.script(send: .details(plain)) { [markedInput(), Row.said("It is 27 degrees.")] }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .reply("It is 27 degrees."))
    }

    @Test(
        "a reply and its row in the history are the same where the row is cut, masked or has other markup",
        arguments: [
            ("The key is sk-live-1234567890, keep it.", "The key is sk-liv…7890, keep it."),
            ("[[reply_to_current]] **Yes**, at 5.", "Yes, at 5."),
            ("password: hunter22 it is", "password: *** it is"),
            ("A long story. And more, and its end.", "A long st\n…(truncated)…"),
        ])
    func same(reply: String, row: String) {
        #expect(Wording.agree(reply, row))
        #expect(!Wording.agree(reply + " No", row.hasSuffix("…") ? "B" + row : row))
    }

    @Test("a reply that the history does not confirm is not spoken when the time is up")
    func deadlineWithUncheckedReply() {
        let plain = plain
        fixture.script(send: .details(plain, after: .seconds(17))) {
            [Row.said("It is 21 degrees."), markedInput()]
        }
        fixture.ask(limit: 20) { $0.lateLimit = .seconds(60) }
        fixture.time.advance(seconds: 40)
        #expect(fixture.outcome() == .noReply)
    }

    @Test("a run that failed is said to have failed, though the call came with an older reply")
    func failedWithOlderReply() {
        let plain = plain
        fixture.script(send: .details(plain)) { [markedInput(), Row.said("", stop: "error")] }
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.outcome() == .failed(.agentFailed))
    }

    @Test("a gateway that gives no text for a silent run may have no baseline all the same")
    func noTextIsNoBaseline() {
        let (plain, gateway) = (plain, fixture.gateway)
        fixture.gateway.script = { call in
            guard call.tool == "sessions_send" else {
                let second = [markedInput(2), Row.announceStep]
                return .rows([markedInput(), Row.announceStep] + (gateway.sends.count == 2 ? second : []))
            }
            return .details(gateway.sends.count == 1 ? #"{"status":"ok"}"# : plain)
        }
        fixture.ask()
        fixture.time.advance(seconds: 40)
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome(1) == .noReply)
    }

    @Test("a first text of the run is not the answer while the call's own reply is another one")
    func firstTextIsNoAnswer() {
        let (plain, time) = (plain, fixture.time)
        fixture.script(send: .details(plain)) {
            [markedInput(), Row.said("Let me look.", stop: nil, id: "1")]
                + (time.now > .seconds(1.5) ? [Row.said("It is 21 degrees.", stop: nil, id: "2")] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.outcome() == .reply("It is 21 degrees."))
    }

    @Test("the answer to another channel's message, which comes after our run has ended, is not spoken")
    func othersAnswer() {
        let time = fixture.time
        fixture.script(send: .details(#"{"status":"ok"}"#)) {
            [markedInput(), Row.said("Sending it.", stop: "toolUse", id: "1")]
                + (time.now > .seconds(3) ? [Row.user("Telegram?"), Row.said("Telegram.", id: "2")] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 20)
        // This gateway does not say when its latest run began.
        #expect(fixture.outcome() == .failed(.uncertain))
    }

    // MARK: Asked twice

    /// A text that waits behind another channel's run when the process ends has no row yet.
    private func askAgainBehindOther(_ list: String?, running: Range<Duration>) {
        let (time, gateway) = (fixture.time, fixture.gateway)
        fixture.gateway.script = { call in
            let isRunning = running.contains(time.now)
            switch call.tool {
            case "sessions_history":
                let ours = isRunning ? [] : [Row.said("Yes."), markedInput(7), Row.said("42.")]
                return .rows([Row.said("Old.", at: 1)] + (isRunning ? [Row.user("Telegram?")] : []) + ours)
            case "sessions_list":
                guard let list else { return .notFound }
                return .details(list.replacing("STATE", with: isRunning ? "running" : "done"))
            default: return .details(#"{"status":"ok","reply":"Twice."}"#)
            }
        }
        fixture.ask(limit: 300) { $0.earlier = EarlierAsking(receipt: Marker(7).receipt, since: 1_000) }
        fixture.time.advance(seconds: 200)
        #expect(gateway.sends.isEmpty && fixture.outcome() == .reply("42."))
    }

    @Test(
        "a text that waits behind another channel's run is not asked again by the next process",
        arguments: [true, false])
    func waitsBehindOther(saysWhatRuns: Bool) {
        let list = #"{"sessions":[{"key":"agent:main:main","status":"STATE"}]}"#
        askAgainBehindOther(saysWhatRuns ? list : nil, running: .zero ..< .seconds(90))
    }

    // MARK: Sessions that stay taken

    @Test("a recovered text that is called off while a token is probed leaves the session free")
    func cancelWhileProbing() {
        let refusal = refusal
        fixture.setTokens(["token", "other"])
        fixture.gateway.script = { call in
            if call.token == "token" { return .json(status: 401, refusal) }
            return call.message == nil ? .never : .details(#"{"status":"ok"}"#)
        }
        fixture.ask(limit: 1)
        fixture.time.advance(seconds: 2)
        fixture.ask { $0.earlier = EarlierAsking(receipt: Marker(7).receipt, since: 0) }
        fixture.time.advance(seconds: 2)
        fixture.turns[1].cancel()
        fixture.time.advance(seconds: 60)
        #expect(!fixture.isBusy)
    }

    @Test("a recovered text whose time is up while a token is probed ends then")
    func deadlineWhileProbing() {
        let refusal = refusal
        fixture.setTokens(["token", "other"])
        fixture.gateway.script = { $0.token == "token" ? .json(status: 401, refusal) : .never }
        fixture.ask(limit: 1)
        fixture.time.advance(seconds: 2)
        fixture.ask(limit: 5) { $0.earlier = EarlierAsking(receipt: Marker(7).receipt, since: 0) }
        fixture.time.advance(seconds: 6)
        #expect(fixture.outcome(1) == .failed(.unreachable) && !fixture.isBusy)
    }

    @Test("a session is not free at once where nothing says whose answer stands behind another's message")
    func uncertainEndKeepsSession() {
        let accepted = #"{"status":"accepted","delivery":{"status":"pending","mode":"announce"}}"#
        fixture.script(send: .details(accepted)) {
            [
                markedInput(), Row.said("Sending it.", stop: "toolUse", id: "1"),
                Row.user("Telegram?", at: 2),
                Row.said("Whose?", id: "2"),
            ]
        }
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .failed(.uncertain) && fixture.isBusy)
        fixture.time.advance(seconds: 20)
        #expect(!fixture.isBusy)
    }

    // MARK: Others' events

    @Test("an answer to an older token does not make the newer one count as refused")
    func olderToken() {
        let fixture = AskingFixture(policy: .call)
        let refusal = refusal
        fixture.setTokens(["token", "other"])
        let gateway = fixture.gateway
        fixture.gateway.script = { call in
            if call.token == "token" {
                return .json(after: .seconds(gateway.sends.count), status: 401, refusal)
            }
            return call.message == nil
                ? .json(status: 400, #"{"ok":false,"error":{"type":"tool_error"}}"#)
                : .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)
        }
        fixture.ask(from: .call("a"))
        fixture.ask(from: .call("b"))
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome(0) == .reply("42.") && fixture.outcome(1) == .reply("42."))
    }

    @Test(
        "a question that is called off when its sending is told is not sent, and frees the session",
        arguments: [nil, "main"])
    func cancelInSending(chat: String?) {
        let fixture = AskingFixture(chatAgentID: chat)
        fixture.gateway.script = { $0.tool == "chat-probe" ? .json(status: 405, "") : .never }
        var turn: Turn?
        turn = fixture.lanes.ask(AgentQuestion(.call("c"), text: "x", timeLimit: .seconds(60))) {
            if $0 == .sending { turn?.cancel() }
        }
        fixture.time.advance(seconds: 10)
        #expect(fixture.gateway.sends.isEmpty && fixture.gateway.chats.isEmpty && !fixture.isBusy)
    }

    // MARK: Who goes first

    @Test("a caller does not wait behind a report that waits for the gateway to come back")
    func callerBeforePausingReport() {
        let time = fixture.time
        fixture.gateway.script = { call in
            if time.now < .seconds(10) { return .failure(mayHaveArrived: false) }
            let reply = #"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#
            return call.tool == "sessions_send" ? .details(reply, after: .seconds(5)) : .rows([])
        }
        fixture.ask("report", from: .report) { $0.wantsReply = false }
        fixture.ask("text", from: .text(sender: "1"))
        fixture.time.advance(seconds: 3)
        fixture.ask("caller")
        fixture.time.advance(seconds: 1)
        #expect(fixture.updates[2].contains(.gatewayUnavailable))
        fixture.time.advance(seconds: 40)
        let arrived = fixture.gateway.sends.filter { $0.at >= .seconds(10) }.compactMap(\.message)
        #expect(arrived.map { $0.prefix(3) } == ["cal", "tex", "rep"])
    }

    @Test("a run that ended where no history may be read is said at once, without waiting for the deadline")
    func endedWithoutHistory() {
        fixture.gateway.script = { call in
            guard call.tool == "sessions_send" else { return .notFound }
            let refusal = #"{"status":"error","error":"sessions_send cannot target the calling session"}"#
            return .details(call.timeoutSeconds == 0 ? #"{"status":"ok"}"# : refusal)
        }
        fixture.ask()
        fixture.time.advance(seconds: 3)
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome(0) != nil && fixture.outcome(1) == .failed(.uncertain))
    }

    @Test("an announce run that did not come for a while is expected again after some hours")
    func promisesAreTriedAgain() {
        var lessons = GatewayLessons(now: .zero)
        for _ in 0..<5 { lessons.learn(.announces(false), now: .seconds(60)) }
        #expect(!lessons.keepsAnnouncePromises(now: .seconds(3600)))
        #expect(lessons.keepsAnnouncePromises(now: .seconds(7 * 3600)))
    }
}
