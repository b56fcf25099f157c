import ClawdTalkAPI
import Testing

@testable import Bridge

@Suite("Reports of calls, in words")
struct CallReportTests {
    struct Row {
        let members: String
        let line: String
    }

    static let rows = [
        Row(
            members:
                #""direction":"outbound","to_number":"+15550001","outcome":"voicemail","duration_seconds":75,"purpose":"book a table","voicemail_message":"Hi, it is Rex.""#,
            line:
                #"Outbound call to +15550001: voicemail, 1m 15s. Purpose: book a table. Message left: "Hi, it is Rex.""#
        ),
        Row(
            members: #""direction":"outbound","to_number":"+15550001","outcome":"voicemail_failed""#,
            line: "Outbound call to +15550001: voicemail, but no message could be left."),
        Row(
            members:
                #""direction":"outbound","outcome":"no_answer","duration_seconds":0,"greeting":"Hello there!""#,
            line: "Outbound call: no answer, 0s. Purpose: Hello there!"),
        Row(members: #""outcome":"fax","duration_seconds":5"#, line: "Call: a fax machine answered, 5s."),
        Row(
            members: #""direction":"inbound","duration_seconds":3723,"reason":"user_hangup""#,
            line: "Inbound call: completed (the caller hung up), 1h 2m 3s."),
        Row(
            members: #""direction":"inbound","reason":"amd_silence""#,
            line: "Inbound call: completed (nobody spoke)."),
        Row(members: #""direction":"sideways","reason":"time_limit""#, line: "Call: completed (time limit)."),
        Row(
            members: #""direction":"outbound","outcome":"teleported","purpose":"a\n\n- b  c""#,
            line: "Outbound call: completed. Purpose: a - b c."),
    ]

    private func outcome(_ members: String) throws -> CallOutcome {
        let json = #"{"type":"event","event":"call.ended","call_id":"c1",\#(members)}"#
        guard case .callEnded(let outcome) = try ServerEvent(parsing: Array(json.utf8)) else {
            throw ServerEvent.Fault.notJSON
        }
        return outcome
    }

    @Test("one line a call", arguments: 0..<rows.count)
    func lines(index: Int) throws {
        let row = Self.rows[index]
        let entry = ReportEntry(number: 1, outcome: try outcome(row.members), endedAt: 1_000)
        let message = CallReport.message(for: [entry]) { 1_010 - $0.steady }
        #expect(message.hasPrefix("[Call report] \(row.line)\n\n(") && message.contains("NO_REPLY"))
    }

    @Test("calls that ended together stand in one message; what is old says so")
    func several() throws {
        let entries = try [
            ReportEntry(number: 1, outcome: outcome(#""outcome":"fax""#), endedAt: 1_000),
            ReportEntry(number: 2, outcome: outcome(#""direction":"inbound""#), endedAt: 4_600),
        ]
        #expect(
            CallReport.message(for: entries) { 4_600 - $0.steady }.hasPrefix(
                """
                [Call report] 2 calls have ended:
                - Call: a fax machine answered. It ended 1h 0m 0s ago.
                - Inbound call: completed.

                """))
    }

    @Test(
        "durations", arguments: [(0, "0s"), (45, "45s"), (60, "1m 0s"), (75, "1m 15s"), (3723, "1h 2m 3s")])
    func durations(seconds: Int, text: String) { #expect(CallReport.duration(seconds) == text) }
}
