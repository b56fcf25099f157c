import Agent
import ClawdTalkAPI
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("No silence: something true every six seconds, and an answer that comes late is still spoken")
struct BridgeSilenceTests {
    /// When something was heard, in seconds.
    private func times(_ fixture: BridgeFixture, whileAdvancing seconds: Int) -> [Double] {
        var times: [Double] = []
        var count = fixture.heard().count
        for step in 0..<(seconds * 10) {
            fixture.time.advance(seconds: 0.1)
            if fixture.heard().count > count { times.append(Double(step + 1) / 10) }
            count = fixture.heard().count
        }
        return times
    }

    @Test(
        "the agent works for a minute: no silence is longer than six seconds, no filler comes twice in a row")
    func minute() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(60))
        fixture.ask()
        let heard = [0] + times(fixture, whileAdvancing: 61)
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1 - $0 <= 6 })
        #expect(heard[1] == 3 && fixture.heard().last == "42.")
        #expect(zip(fixture.heard(), fixture.heard().dropFirst()).allSatisfy(!=))
    }

    @Test("the first words of a question never say that it has been going on for a while", arguments: 1...6)
    func firstWords(count: Int) {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(5))
        for number in 1...count {
            fixture.ask(id: "r\(number)")
            fixture.time.advance(seconds: 6)
        }
        #expect(fixture.heard("r\(count)") == [Phrases.english.fillers[0], "42."])
    }

    @Test("while the gateway still announces the answer before, nobody is said to be asked first")
    func settling() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.gateway.script = { call in
            switch call.tool {
            case "sessions_send":
                .details(#"{"status":"ok","reply":"42.","delivery":{"status":"pending","mode":"announce"}}"#)
            case "sessions_history": .rows([markedRow(fixture, "Looking."), Self.said("42.")])
            default: .details(#"{"sessions":[{"key":"agent:main:main","status":"running"}]}"#)
            }
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.ask(id: "r2")
        fixture.time.advance(seconds: 4)
        #expect(fixture.results() == ["42."] && fixture.heard("r2") == [Phrases.english.fillers[0]])
    }

    @Test("after \"never mind\" the caller hears that the agent still finishes the question before")
    func finishing() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.gateway.script = { _ in .never }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.ask("Stop", id: "r2")
        fixture.ask("What else?", id: "r3")
        fixture.time.advance(seconds: 1)
        #expect(fixture.heard("r3") == [Phrases.english.waitingBehindEarlier])
    }

    private static func said(_ text: String) -> String {
        #"{"role":"assistant","content":"\#(text)","stopReason":"stop","__openclaw":{"id":"s"}}"#
    }

    @Test("own fillers, one of them only: still never twice in a row")
    func ownFiller() {
        let fixture = BridgeFixture { $0.conversation.fillers = ["Hm."] }
        fixture.connect()
        fixture.reply("42.", after: .seconds(60))
        fixture.ask()
        fixture.time.advance(seconds: 50)
        #expect(fixture.heard().contains("Hm."))
        #expect(zip(fixture.heard(), fixture.heard().dropFirst()).allSatisfy(!=))
    }

    @Test("what the agent says on the way can be switched off; silence is not")
    func noAgentTexts() {
        let fixture = BridgeFixture { $0.conversation.speaksAgentTexts = false }
        fixture.connect()
        fixture.gateway.script = { call in
            call.tool == "sessions_send"
                ? .details(#"{"status":"ok","reply":"42."}"#, after: .seconds(8))
                : .rows([markedRow(fixture, "Looking.")])
        }
        fixture.ask()
        fixture.time.advance(seconds: 9)
        #expect(!fixture.heard().contains("Looking.") && fixture.heard().count == 2)
    }

    /// A tool run's row behind our own question's.
    private func markedRow(_ fixture: BridgeFixture, _ text: String) -> String {
        let marker = fixture.gateway.sends[0].message?.suffix(13) ?? ""
        return
            #"{"role":"user","content":"\#(marker)"},{"role":"assistant","content":"\#(text)","stopReason":"toolUse","__openclaw":{"id":"a"}}"#
    }

    @Test("who waits behind another question hears that, and nothing that is not true")
    func queue() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(20))
        fixture.ask(id: "r1")
        fixture.ask(id: "r2", call: "c2")
        fixture.time.advance(seconds: 19)
        let phrases = Phrases.english
        #expect(fixture.heard("r2").first == phrases.waitingBehindOther)
        #expect(fixture.heard("r2").dropFirst().allSatisfy(phrases.queueFillers.contains))
        fixture.time.advance(seconds: 10)
        #expect(phrases.fillers.contains(fixture.heard("r2").last ?? ""))
    }

    @Test(
        "the time limit counts from the arrival, and ends in a true sentence; the late reply is spoken in the call"
    )
    func late() {
        let fixture = BridgeFixture { $0.conversation.replyTimeLimit = .seconds(9) }
        fixture.connect()
        var isDone = false
        fixture.gateway.script = { call in
            if call.tool == "sessions_send" { return .details(#"{"status":"accepted","runId":"r"}"#) }
            let marker = fixture.gateway.sends[0].message?.suffix(13) ?? ""
            let input = #"{"role":"user","content":"\#(marker)"}"#
            let final =
                #"{"role":"assistant","content":"**42**.","stopReason":"stop","__openclaw":{"id":"b"}}"#
            return .rows(isDone ? [input, final] : [input])
        }
        fixture.ask()
        fixture.time.advance(seconds: 9)
        #expect(fixture.results() == [Phrases.english.timedOut] && fixture.bridge.status.openQuestions == 0)
        let heard = fixture.heard().count
        fixture.time.advance(seconds: 60)
        #expect(fixture.heard().count == heard)
        isDone = true
        fixture.time.advance(seconds: 10)
        #expect(fixture.results().count == 1)
        #expect(fixture.responses() == ["About your earlier question: 42."])
    }

    @Test("late replies are looked for, but not more than eight at once")
    func manyLate() {
        let fixture = BridgeFixture { $0.conversation.replyTimeLimit = .seconds(9) }
        fixture.connect()
        fixture.gateway.script = { call in
            guard call.tool != "sessions_send" else {
                // Only where runs may meet does the next question not wait for the one before.
                return call.timeoutSeconds == 0
                    ? .details(#"{"status":"accepted","runId":"r"}"#)
                    : .details(
                        #"{"status":"error","error":"sessions_send cannot target the calling session"}"#)
            }
            let inputs = fixture.gateway.sends.filter { $0.timeoutSeconds == 0 }.map {
                #"{"role":"user","content":"\#($0.message?.suffix(13) ?? "")"}"#
            }
            return .rows(inputs)
        }
        for number in 0..<12 {
            fixture.ask(id: "r\(number)", call: "c\(number)")
            fixture.time.advance(seconds: 10)
        }
        fixture.time.advance(seconds: 120)
        let before = fixture.gateway.looks.count
        fixture.time.advance(seconds: 50)
        #expect(fixture.gateway.looks.count - before == 8 * 10)
    }

    @Test("no late reply into a call that has ended")
    func lateButEnded() {
        let fixture = BridgeFixture { $0.conversation.replyTimeLimit = .seconds(9) }
        fixture.connect()
        fixture.gateway.script = { call in
            call.tool == "sessions_send"
                ? .details(#"{"status":"accepted","runId":"r"}"#)
                : .rows([
                    markedRow(fixture, "x").replacing(
                        "toolUse", with: call.at > .seconds(30) ? "stop" : "toolUse")
                ])
        }
        fixture.ask()
        fixture.time.advance(seconds: 10)
        fixture.event("call.ended", #""call_id":"c1""#)
        fixture.time.advance(seconds: 60)
        #expect(fixture.responses().isEmpty)
    }

    @Test("another language, from the greeting to the end")
    func german() {
        let fixture = BridgeFixture { $0.conversation.language = "de" }
        fixture.connect()
        fixture.gateway.script = { _ in .json(status: 404, #"{"ok":false,"error":{"type":"not_found"}}"#) }
        fixture.event("call.started", #""call_id":"c1""#)
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.responses() == ["Hallo Ana, was kann ich für dich tun?"])
        #expect(fixture.results() == [Phrases.german.toolNotAllowed])
    }
}
