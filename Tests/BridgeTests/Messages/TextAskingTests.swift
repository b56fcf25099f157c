import Agent
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("Texts: the agent is asked once, whatever the gateway does")
struct TextAskingTests {
    private let fixture = MessageFixture()

    private var answers: [String] { fixture.service.sent.map(\.body) }

    @Test("a gateway that is away for an hour: the text waits, and holds up nobody in the lane")
    func away() {
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        fixture.receive("one")
        fixture.advance(3_600)
        #expect(fixture.texts.waitingCount == 1 && !fixture.lanes.isBusy)
        // Every 10 minutes in the end, not every 2 s.
        #expect(fixture.gateway.sends.count < 20)
        fixture.agent.mood = .answering
        fixture.advance(601)
        #expect(answers == ["Reply to one."] && fixture.agent.asked.count == 1)
    }

    @Test(
        "what was refused before anything ran is asked again later",
        arguments: [
            (401, #"{"error":{"type":"unauthorized"}}"#), (404, #"{"error":{"type":"not_found"}}"#),
            (403, "{}"), (404, "<html>"), (503, "{}"),
            (200, #"{"ok":true,"result":{"details":{"status":"forbidden","error":"no"}}}"#),
            (
                200,
                #"{"ok":true,"result":{"details":{"status":"error","error":"No session found with label: x"}}}"#
            ),
        ])
    func refused(status: Int, body: String) {
        fixture.agent.mood = .answer(.json(status: status, body))
        fixture.receive("one")
        fixture.advance(60)
        #expect(answers.isEmpty && fixture.texts.waitingCount == 1)
        fixture.agent.mood = .answering
        fixture.lanes.agent.settingsChanged()
        fixture.advance(700)
        #expect(answers == ["Reply to one."] && fixture.agent.asked.count == 1)
    }

    @Test("a call that breaks off: the answer comes from the history")
    func breaking() {
        fixture.agent.mood = .breaking
        fixture.receive("one")
        fixture.advance(10)
        #expect(answers == ["Reply to one."] && fixture.agent.asked.count == 1)
    }

    @Test(
        "a run that failed after it acted: the agent is not asked again for a day, the sender hears it once")
    func failing() {
        fixture.agent.mood = .failing
        fixture.receive("one")
        fixture.advance(24 * 3600)
        #expect(fixture.agent.asked.count == 1 && answers == [Phrases.english.textUncertain])
    }

    @Test(
        "a run of twenty minutes is waited for; in one session others are asked after it, else at once",
        arguments: [SessionPolicy.main, .call])
    func slow(policy: SessionPolicy) {
        fixture.lanes.policy = policy
        fixture.agent.mood = .thinking
        fixture.receive("one", from: "+1")
        fixture.advance(1)
        fixture.agent.mood = .answering
        fixture.receive("two", from: "+2")
        fixture.advance(300)
        #expect(answers == (policy == .main ? [] : ["Reply to two."]))
        guard policy == .main else { return }
        fixture.agent.answerLast()
        fixture.advance(60)
        #expect(answers == ["Reply to one.", "Reply to two."])
    }

    @Test("after an hour the sender hears that there is no answer yet, once")
    func never() {
        fixture.agent.mood = .thinking
        fixture.receive("one")
        fixture.advance(3_590)
        #expect(answers.isEmpty)
        fixture.advance(24 * 3600)
        #expect(answers == [Phrases.english.textTimedOut] && fixture.agent.asked.count == 1)
    }

    @Test("what may have been carried out is not asked again, and the sender hears the truth")
    func uncertain() {
        fixture.agent.mood = .answer(.json(status: 500, #"{"ok":false,"error":{"type":"tool_error"}}"#))
        fixture.receive("one")
        fixture.advance(3_600)
        #expect(answers == [Phrases.english.textUncertain] && fixture.gateway.sends.count == 1)
    }

    @Test("a crash while the gateway cannot tell: nothing is asked twice", arguments: [false, true])
    func unreadableHistory(comesBack: Bool) {
        fixture.agent.mood = .thinking
        fixture.receive("one")
        fixture.advance(1)
        fixture.agent.isHistoryThere = false
        fixture.restart()
        fixture.advance(7_200)
        #expect(fixture.agent.asked.count == 1 && answers.isEmpty && fixture.texts.waitingCount == 1)
        guard comesBack else { return }
        fixture.agent.isHistoryThere = true
        fixture.agent.answerLast()
        fixture.advance(1_300)
        #expect(answers == ["Reply to one."] && fixture.agent.asked.count == 1)
    }

    @Test(
        "marks of markdown go, addresses, emoji and lines stay",
        arguments: [
            (
                "**Yes.**\n- one\n* two\n\n\n# Head\nsee [here](https://a.example/x_y_z)",
                "Yes.\n- one\n- two\n\nHead\nsee here (https://a.example/x_y_z)"
            ),
            ("Look: https://a.example/_a_*b?x=1&lt=2.", "Look: https://a.example/_a_*b?x=1&lt=2."),
            ("**https://a.example**", "https://a.example"), ("<https://a.example>", "https://a.example"),
            ("Done ✅ 🎉", "Done ✅ 🎉"), ("```\ncode\n```", "code"),
            ("| a | b |\n|---|---|\n| c | d |", "a, b\nc, d"),
            ("Привет, _мир_", "Привет, мир"), ("snake_case 2 * 3", "snake_case 2 * 3"),
            ("> quoted", "quoted"),
            ("![cat](https://a.example/c.png)", "cat"), ("\n\n", ""),
            ("[https://a.b](https://a.b)", "https://a.b"),
        ])
    func plain(text: String, expected: String) {
        #expect(MessageText.make(from: text) == expected)
    }
}
