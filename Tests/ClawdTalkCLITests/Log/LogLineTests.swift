import Foundation
import Logging
import Testing

@testable import ClawdTalkCLI

@Suite("Log lines")
struct LogLineTests {
    private func line(_ message: String, _ details: Logger.Metadata) -> LogLine {
        LogLine(time: "2026-01-02T03:04:05.678+01:00", level: .warning, message: message, details: details)
    }

    @Test("text: one line, and a value cannot begin another or look like another key")
    func text() {
        #expect(
            line("it ended", ["request": "r1", "call": "c 1\nx=2"]).text
                == #"2026-01-02T03:04:05.678+01:00 warning it ended call="c 1\nx=2" request=r1"#)
        #expect(!line("a\nb\u{1B}[2J", [:]).text.contains { $0.isNewline || $0 == "\u{1B}" })
    }

    @Test("JSON: an object with the same members, whatever is in the values")
    func json() throws {
        let value = "quote \" slash \\ tab \t end\nü\u{7F}\u{1}😀"
        let json = line("it \"ended\"", ["call": "\(value)", "time": "7"]).json
        #expect(!json.contains { $0.isNewline })
        let members = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String])
        #expect(
            members == [
                "time": "2026-01-02T03:04:05.678+01:00", "level": "warning", "message": "it \"ended\"",
                "call": value, "detail_time": "7",
            ])
    }
}
