import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("Asking: lanes, announce runs, whose reply it is, tokens")
struct AskingOrderTests {
    private let fixture = AskingFixture()
    private let ok = #"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#

    @Test("turns to one session go one at a time, in order")
    func oneAtATime() {
        let ok = ok
        fixture.gateway.script = { call in
            call.tool == "sessions_send" ? .details(ok, after: .seconds(2)) : .rows([])
        }
        for text in ["a", "b", "c"] { fixture.ask(text) }
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.sends.count == 1)
        fixture.time.advance(seconds: 6)
        #expect(fixture.gateway.sends.compactMap(\.message).map { $0.first } == ["a", "b", "c"])
        #expect((0..<3).allSatisfy { fixture.outcome($0) == .reply("42.") })
    }

    @Test("other sessions do not wait")
    func parallel() {
        let fixture = AskingFixture(policy: .call)
        let origins: [AgentQuestion.Origin] = [
            .call("a"), .call("b"), .text(sender: "+15550001"), .call("a"), .call(nil), .report,
        ]
        for origin in origins { fixture.ask(from: origin) }
        fixture.time.advance(seconds: 0.1)
        let keys = fixture.gateway.sends.map(\.sessionKey)
        #expect(Set(keys).count == 4 && keys.count == 4 && keys.last == "agent:main:main")
        #expect(keys.allSatisfy { $0.hasPrefix("agent:main:") && !$0.contains("5550001") })
    }

    @Test("a caller goes before a text, and a text before a report")
    func priority() {
        let ok = ok
        fixture.gateway.script = { call in
            call.tool == "sessions_send" ? .details(ok, after: .seconds(2)) : .rows([])
        }
        let origins: [AgentQuestion.Origin] = [.report, .report, .text(sender: "1"), .call("c"), .call("d")]
        for (number, origin) in origins.enumerated() { fixture.ask("\(number)", from: origin) }
        fixture.time.advance(seconds: 12)
        #expect(fixture.gateway.sends.compactMap(\.message).map { $0.first } == ["0", "3", "4", "2", "1"])
    }

    @Test("a turn whose answer came early keeps its lane until its call is over")
    func laneUntilCallEnds() {
        fixture.script(send: .details(ok, after: .seconds(8))) { [markedInput(1), Row.said("42.")] }
        fixture.ask()
        fixture.time.advance(seconds: 6)
        #expect(fixture.outcome(0) == .reply("42.") && fixture.isBusy)
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.sends.count == 1)
        fixture.time.advance(seconds: 3)
        #expect(fixture.gateway.sends.count == 2)
    }

    @Test("the time in the queue counts; one that never got its turn was not asked")
    func queuedTooLong() {
        fixture.gateway.script = { _ in .never }
        fixture.ask(limit: 60)
        fixture.ask(limit: 20)
        fixture.time.advance(seconds: 21)
        #expect(fixture.outcome(1) == .failed(.queuedTooLong))
        #expect(fixture.gateway.sends.count == 1)
    }

    // MARK: Announce runs

    private let announced =
        #"{"status":"ok","reply":"42.","delivery":{"status":"pending","mode":"announce"}}"#

    /// What `sessions_list` says of the main session.
    private static func state(_ status: String, endedAt: Int) -> ScriptedGateway.Answer {
        .details(
            #"{"sessions":[{"key":"agent:main:main","status":"\#(status)","endedAt":\#(endedAt)}]}"#)
    }

    /// A gateway that announces every turn from 1 s to 3 s after its answer, without leaving a row.
    private func announcing(said: Bool = false) {
        let (announced, fixture) = (announced, fixture)
        fixture.gateway.script = { call in
            let answered = fixture.gateway.sends.last.map { $0.at + .milliseconds(100) } ?? .zero
            let since = call.at - answered
            switch call.tool {
            case "sessions_send": return .details(announced)
            case "sessions_list":
                return since < .seconds(1)
                    ? Self.state("done", endedAt: 1)
                    : since < .seconds(3) ? Self.state("running", endedAt: 0) : Self.state("done", endedAt: 2)
            default:
                let count = fixture.gateway.sends.count
                return .rows((1...count).flatMap { [markedInput($0), Row.said("42.", id: "a\($0)")] })
            }
        }
    }

    @Test("the next question waits until the announce run is over, though that leaves no row")
    func waitsForAnnounce() {
        announcing()
        fixture.ask()
        fixture.time.advance(seconds: 0.5)
        #expect(fixture.outcome(0) == .reply("42."))
        #expect(fixture.lanes.occupation(for: .call("c1")) == .settling)
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.gateway.sends.count == 1)
        fixture.time.advance(seconds: 3)
        #expect(fixture.gateway.sends.count == 2 && fixture.outcome(1) == .reply("42."))
    }

    @Test("a hang-up and a call six seconds later, ten times in a row: no two runs meet")
    func callAgain() {
        announcing()
        for number in 0..<10 {
            fixture.ask()
            fixture.turns[number].cancel()
            fixture.time.advance(seconds: 6.5)
        }
        let times = fixture.gateway.sends.map(\.at)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= .seconds(3) })
    }

    @Test("where the gateway does not say when it is over, the session is left alone for 20 s")
    func announceUnseen() {
        let announced = announced
        fixture.script(send: .details(announced)) { [markedInput(1), Row.said("42.")] }
        fixture.ask()
        fixture.time.advance(seconds: 19)
        #expect(fixture.isBusy)
        fixture.time.advance(seconds: 3)
        #expect(!fixture.isBusy)
    }

    @Test("the window of an announce run begins when the run ends, not when the waiting did")
    func announceOfLateRun() {
        let fixture = fixture
        fixture.gateway.script = { call in
            switch call.tool {
            case "sessions_send":
                return .details(#"{"status":"accepted","delivery":{"status":"pending","mode":"announce"}}"#)
            case "sessions_list":
                return call.at < .seconds(65)
                    ? Self.state("running", endedAt: 0) : Self.state("done", endedAt: 9)
            default: return .rows([markedInput()] + (call.at > .seconds(60) ? [Row.said("42.")] : []))
            }
        }
        fixture.ask(limit: 20) { $0.lateLimit = .seconds(600) }
        fixture.ask()
        fixture.time.advance(seconds: 64)
        #expect(fixture.outcome(0) == .reply("42.") && fixture.gateway.sends.count == 1)
        fixture.time.advance(seconds: 4)
        #expect(fixture.gateway.sends.count == 2)
    }

    @Test("an announce run that is promised and never comes is not waited for again and again")
    func brokenPromises() {
        let (announced, fixture) = (announced, fixture)
        fixture.gateway.script = { call in
            switch call.tool {
            case "sessions_send": .details(announced)
            case "sessions_list": Self.state("done", endedAt: 1)
            default:
                .rows(
                    fixture.gateway.sends.indices.flatMap {
                        [markedInput($0 + 1), Row.said("42.", id: "a\($0)")]
                    })
            }
        }
        for _ in 0..<5 {
            fixture.ask()
            fixture.time.advance(seconds: 30)
        }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(!fixture.isBusy && fixture.outcome(5) == .reply("42."))
    }

    // MARK: Replies that may not be ours

    private let plain = #"{"status":"ok","reply":"I told everyone."}"#

    @Test("a reply of a gateway that may take an older one is checked by the marker")
    func checked() {
        let (plain, time) = (plain, fixture.time)
        fixture.script(send: .details(plain)) {
            [Row.said("I told everyone."), markedInput()] + (time.now > .seconds(4) ? [Row.said("42.")] : [])
        }
        fixture.ask()
        fixture.time.advance(seconds: 6)
        #expect(fixture.outcome() == .reply("42.") && fixture.gateway.sends.count == 1)
    }

    @Test("an older reply for a run that ended without words is not given")
    func stale() {
        let plain = plain
        fixture.script(send: .details(plain)) { [Row.said("I told everyone."), markedInput()] }
        fixture.ask()
        fixture.time.advance(seconds: 7)
        #expect(fixture.outcome() == .noReply)
    }

    @Test("a reply that the history has is given whole, and with its keys, which the history masks")
    func whole() {
        let reply = "The key of the front door is sk-live-1234567890, and the alarm is off."
        fixture.script(send: .details(#"{"status":"ok","reply":"\#(reply)"}"#)) {
            [markedInput(), Row.said("The key of the front door is sk-liv…7890, and the alarm is off.")]
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply(reply))
    }

    @Test("a gateway that once said that a run had no words is believed from then on, after half a minute")
    func baseline() {
        let (plain, gateway) = (plain, fixture.gateway)
        fixture.gateway.script = { call in
            guard call.tool == "sessions_send" else { return .rows([markedInput(), Row.announceStep]) }
            return .details(gateway.sends.count == 1 ? #"{"status":"no_reply"}"# : plain)
        }
        fixture.ask()
        fixture.time.advance(seconds: 40)
        let looks = fixture.gateway.looks.count
        fixture.ask()
        fixture.time.advance(seconds: 0.5)
        #expect(fixture.outcome(1) == .reply("I told everyone.") && fixture.gateway.looks.count == looks)
    }

    @Test("when neither inline nor history gives an answer, that is said")
    func replyOfAnother() {
        let plain = plain
        fixture.script(send: .details(plain)) { [Row.announceStep, Row.said("I told everyone.")] }
        fixture.ask()
        fixture.time.advance(seconds: 18)
        #expect(fixture.outcome() == .failed(.uncertain))
    }

    @Test("where no history may be read the inline reply is believed")
    func withoutHistory() {
        let plain = plain
        fixture.gateway.script = { $0.tool == "sessions_send" ? .details(plain) : .notFound }
        fixture.ask()
        fixture.time.advance(seconds: 0.5)
        #expect(fixture.outcome() == .reply("I told everyone."))
    }

    @Test(
        "a reply in hand is given when the history has not answered for five seconds", arguments: 0..<4)
    func historyHangs(index: Int) {
        let answers: [ScriptedGateway.Answer] = [
            .never, .failure(mayHaveArrived: true), .json(status: 503, "{}"), .json(status: 500, "{}"),
        ]
        let plain = plain
        fixture.gateway.script = { $0.tool == "sessions_send" ? .details(plain) : answers[index] }
        fixture.ask()
        fixture.time.advance(seconds: 4.5)
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("I told everyone.") && fixture.gateway.sends.count == 1)
    }

    @Test("a reply in hand that is our own question is not given, however long the history hangs")
    func echoWhileHistoryHangs() {
        fixture.gateway.script = {
            $0.tool == "sessions_send"
                ? .details(#"{"status":"ok","reply":"What? [ct:00000001]"}"#) : .never
        }
        fixture.ask()
        fixture.time.advance(seconds: 111)
        #expect(fixture.outcome() == .failed(.uncertain))
    }

    // MARK: The history

    /// A gateway that takes no waited sends to the calling session, and whose history is away for a time.
    private func selfSendRefused(historyAway: Range<Duration>) {
        let time = fixture.time
        let gateway = fixture.gateway
        fixture.gateway.script = { call in
            if call.tool == "sessions_history" {
                guard !historyAway.contains(time.now) else {
                    return .json(status: 404, #"{"ok":false,"error":{"type":"not_found"}}"#)
                }
                return .rows(gateway.sends.indices.flatMap { [markedInput($0), Row.said("Answer \($0).")] })
            }
            return call.timeoutSeconds == 0
                ? .details(#"{"status":"accepted"}"#)
                : .details(#"{"status":"error","error":"sessions_send cannot target the calling session"}"#)
        }
    }

    @Test(
        "a policy that is reloaded takes the history away for seconds: a minute later questions are answered")
    func historyComesBack() {
        selfSendRefused(historyAway: .zero ..< .seconds(3))
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome(0) == .failed(.uncertain))
        fixture.time.advance(seconds: 30)
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome(1) == .reply("Answer 2."))
    }

    @Test("a policy that is reloaded in the middle of a question costs seconds, not the answer")
    func historyAwayForSeconds() {
        selfSendRefused(historyAway: .seconds(9) ..< .seconds(13))
        fixture.ask()
        fixture.time.advance(seconds: 9)
        #expect(fixture.outcome(0) == .reply("Answer 1."))
        fixture.ask()
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome(1) == nil)
        fixture.time.advance(seconds: 3)
        #expect(fixture.outcome(1) == .reply("Answer 2."))
    }

    @Test("a history that was readable and stays away: after 15 s the truth is said")
    func historyTakenAway() {
        selfSendRefused(historyAway: .seconds(9) ..< .seconds(100_000))
        fixture.ask()
        fixture.time.advance(seconds: 9)
        fixture.ask()
        fixture.time.advance(seconds: 14)
        #expect(fixture.outcome(1) == nil)
        fixture.time.advance(seconds: 4)
        #expect(fixture.outcome(1) == .failed(.uncertain))
    }

    @Test("a history that stays away is asked for every half minute at most, and said once")
    func historyStaysAway() {
        selfSendRefused(historyAway: .zero ..< .seconds(100_000))
        for _ in 0..<20 {
            fixture.ask()
            fixture.time.advance(seconds: 10)
        }
        #expect(fixture.gateway.looks.count <= 7)
        #expect(fixture.log.count { $0.contains("does not allow sessions_history") } == 1)
    }

    // MARK: Tokens

    private let refusal = #"{"error":{"message":"Unauthorized","type":"unauthorized"}}"#

    private func acceptOnly(_ token: String) {
        let (ok, refusal) = (ok, refusal)
        fixture.gateway.script = { call in
            if call.token != token { return .json(status: 401, refusal) }
            return call.message == nil
                ? .json(status: 400, #"{"ok":false,"error":{"type":"tool_error"}}"#) : .details(ok)
        }
    }

    @Test("a refused token is not tried again until something changes")
    func refused() {
        acceptOnly("other")
        for _ in 0..<3 {
            fixture.ask()
            fixture.time.advance(seconds: 5)
        }
        #expect((0..<3).allSatisfy { fixture.outcome($0) == .failed(.unauthorized) })
        #expect(fixture.gateway.calls.count == 1)
    }

    @Test("another token is found, probed once and used for the same question")
    func secondToken() {
        fixture.setTokens(["token", "other"])
        acceptOnly("other")
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.calls.map(\.token) == ["token", "other", "other"])
        #expect(fixture.gateway.probes.count == 1)
    }

    @Test("after a change the token is resolved again and probed once")
    func changed() {
        acceptOnly("new")
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.setTokens(["new"])
        fixture.agent.settingsChanged()
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.calls.map(\.token) == ["token", "new"])
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome(1) == .reply("42."))
        #expect(fixture.gateway.calls.count == 3)
    }

    @Test("after a change an unchanged wrong token costs one probe, not one a question")
    func unchanged() {
        acceptOnly("other")
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.agent.settingsChanged()
        fixture.time.advance(seconds: 1)
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.calls.count == 2)
        #expect(fixture.outcome(1) == .failed(.unauthorized))
    }

    @Test("a gateway without authentication is asked without a token")
    func noToken() {
        fixture.setTokens([])
        let ok = ok
        fixture.gateway.script = { _ in .details(ok) }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("42."))
        #expect(fixture.gateway.sends[0].token == nil)
    }

    @Test("a token that stops working while the history is watched is not repeated every second")
    func refusedWhileWatching() {
        let refusal = refusal
        fixture.gateway.script = {
            $0.tool == "sessions_history" ? .json(status: 401, refusal) : .details(#"{"status":"accepted"}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 20)
        #expect(fixture.gateway.looks.count == 1)
        #expect(fixture.outcome() == .failed(.uncertain))
    }
}
