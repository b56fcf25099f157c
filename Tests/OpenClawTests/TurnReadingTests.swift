import Foundation
import Testing

@testable import OpenClaw

/// Rows as gateway.md section 0 shows them from a real gateway.
enum Row {
    static func input(_ text: String, id: String = "i", at time: Double = 1) -> String {
        #"{"role":"assistant","content":[{"type":"text","text":"\#(text)"}],"timestamp":\#(time),"provenance":{"kind":"inter_session","sourceTool":"sessions_send"},"__openclaw":{"id":"\#(id)","seq":1},"senderLabel":"Forwarded from main"}"#
    }
    static func user(_ text: String, at time: Double = 1) -> String {
        #"{"role":"user","content":"\#(text)","timestamp":\#(time)}"#
    }
    static func said(_ text: String, stop: String? = "stop", id: String = "a", at time: Double? = nil)
        -> String
    {
        let reason =
            (stop.map { #","stopReason":"\#($0)""# } ?? "") + (time.map { #","timestamp":\#($0)"# } ?? "")
        return
            #"{"role":"assistant","content":[{"type":"text","text":"\#(text)"}]\#(reason),"__openclaw":{"id":"\#(id)"}}"#
    }
    static func calling(_ text: String, id: String = "c") -> String {
        #"{"role":"assistant","content":[{"type":"text","text":"\#(text)"},{"type":"toolCall","id":"1","name":"x","arguments":{}}],"__openclaw":{"id":"\#(id)"}}"#
    }
    static let announceStep = input("Agent-to-agent announce step.", id: "n")
}

@Suite("gateway.md section 0: which rows are our turn")
struct TurnReadingTests {
    private let marker = Marker(0x1A2B3C4D)
    private var question: String { Row.input("What? [ct:1a2b3c4d]") }

    private func read(_ rows: [String]) throws -> TurnReading {
        let json = #"{"messages":[\#(rows.joined(separator: ","))]}"#
        let history = try JSONDecoder().decode(SessionHistory.self, from: Data(json.utf8))
        return TurnReading(rows: history.rows, marker: marker)
    }

    @Test("the row after our marked input that ends with stop is the answer")
    func final() throws {
        let reading = try read([
            Row.said("Old."), question, Row.said("Let me look.", stop: "toolUse", id: "t"), Row.said("42."),
        ])
        #expect(reading.isFound && reading.final == "42.")
        #expect(reading.intermediate == [TurnReading.Said(key: "t", text: "Let me look.")])
    }

    @Test("without our marker nothing is ours, whatever the last row says")
    func notFound() throws {
        #expect(
            try read([Row.user("other"), Row.said("Other answer.")]) == TurnReading(rows: [], marker: marker))
    }

    @Test("a user row with the marker serves as well: older gateways")
    func userRow() throws {
        #expect(try read([Row.user("What? [ct:1a2b3c4d]"), Row.said("42.")]).final == "42.")
    }

    @Test("the announce step and what the agent says to it are not ours")
    func announce() throws {
        let reading = try read([question, Row.said("42."), Row.announceStep, Row.said("I told everyone.")])
        #expect(reading.final == "42." && reading.isOver)
    }

    @Test("an announce step with no text of ours before it: the run ended silently")
    func silent() throws {
        let reading = try read([question, Row.announceStep, Row.said("I told everyone.")])
        #expect(reading.isFound && reading.final == nil && reading.isOver)
    }

    @Test("a gateway that asks its agent the same again: what follows is still ours")
    func askedAgain() throws {
        let again = Row.input("What? [ct:1a2b3c4d] The previous attempt did not produce an answer.", id: "j")
        #expect(try read([question, again, Row.said("42.")]).final == "42.")
    }

    @Test("another channel's message ends our rows but not our turn")
    func otherChannel() throws {
        let reading = try read([question, Row.user("Buy milk"), Row.said("Milk bought.")])
        #expect(reading.isFound && reading.final == nil && !reading.isOver)
    }

    @Test("a message that is taken into a run that goes on: what follows may be ours, when its run is")
    func takenIn() throws {
        let ours = Row.input("What? [ct:1a2b3c4d]", at: 10_000)
        let looking = Row.said("Looking.", stop: "toolUse", id: "t")
        let other = Row.user("Buy milk", at: 16_000)
        let reading = try read([
            ours, looking, other, Row.said("Wait.", stop: "toolUse", id: "u"), Row.said("42."),
        ])
        #expect(reading.final == "42." && reading.latestStart == 13_000 && !reading.isOver)
        #expect(reading.intermediate.map(\.text) == ["Looking."])
        // So close that nothing can be told, and one of another question of ours.
        let close = try read([ours, looking, Row.user("Buy milk", at: 11_000), Row.said("42.")])
        #expect(close.latestStart == -.infinity)
        #expect(try read([ours, looking, Row.input("Else? [ct:00000009]"), Row.said("42.")]).final == nil)
    }

    @Test("a run that ended without words, and was noted so by the gateway: nothing behind that is ours")
    func deliveryFailed() throws {
        let notice = Row.input(
            "sessions_send delivery to agent:main:main failed: completed. Retry or report the failure.")
        let reading = try read([question, notice, Row.said("I try again.")])
        #expect(reading.isOver && reading.final == nil && reading.aftermath == .deliveryFailed)
    }

    @Test("an agent that quotes the marker is not an input")
    func quotedMarker() throws {
        let reading = try read([question, Row.said("You said What? [ct:1a2b3c4d]")])
        #expect(reading.final == "You said What? [ct:1a2b3c4d]")
    }

    @Test("without stop reasons: tool calls are on the way, a last text is a candidate")
    func withoutStopReason() throws {
        let reading = try read([question, Row.calling("Looking."), Row.said("42.", stop: nil)])
        #expect(reading.intermediate.map(\.text) == ["Looking."])
        #expect(reading.candidate?.text == "42." && reading.final == nil)
    }

    @Test("errors and aborted runs fail the turn", arguments: ["error", "aborted"])
    func failed(reason: String) throws {
        #expect(try read([question, Row.said("Partial", stop: reason)]).isFailed)
    }

    @Test("tool results, unreadable rows and rows of wrong types are passed over")
    func oddRows() throws {
        let odd = [
            #"{"role":"toolResult","content":[{"type":"text","text":"secret"}]}"#, "7", "null",
            #"{"role":5,"content":{}}"#,
        ]
        #expect(try read([question] + odd + [Row.said("42.")]).final == "42.")
    }
}
