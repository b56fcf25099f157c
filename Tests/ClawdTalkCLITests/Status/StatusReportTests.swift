import Testing

@testable import ClawdTalkCLI

@Suite("What a status says")
struct StatusReportTests {
    private func report(_ adjust: (inout StatusReport) -> Void = { _ in }) -> StatusReport {
        var report = StatusReport(state: "connected", connected: true, pid: 7)
        (report.server, report.gateway, report.form) = ("wss://x/ws", "http://g", "waited")
        (report.state_seconds, report.uptime_seconds, report.last_pong_seconds) = (3_900, 90_000, 3)
        (report.gateway_live, report.gateway_checked_seconds, report.gateway_state_seconds) = (true, 4, 50)
        adjust(&report)
        return report
    }

    @Test(
        "healthy is connected, with a gateway that lived within the last minute",
        arguments: [
            (true, nil as Bool?, nil as Double?, "the gateway was not looked at" as String?),
            (true, true, 61, "the gateway was not looked at"), (true, false, 4, "the gateway is not live"),
            (false, true, 4, "not connected: connected"), (true, true, 59, nil),
        ])
    func health(connected: Bool, live: Bool?, checked: Double?, problem: String?) {
        let said = report {
            ($0.connected, $0.gateway_live, $0.gateway_checked_seconds) = (connected, live, checked)
        }
        .healthProblem
        if let problem { #expect(said?.hasPrefix(problem) == true) } else { #expect(said == nil) }
        #expect(StatusReport.notRunning.healthProblem == "not running")
    }

    @Test("people read since when, to what, and what is wrong")
    func text() {
        let lines = StatusText(
            report {
                $0.ping_seconds = 0.0123
                $0.problem = "x was not found"
                $0.reconnects = 2
                $0.outages = [.init(cause: "closed with 1012", seconds_ago: 300, lasted_seconds: 2)]
                $0.sms_waiting = 3
                $0.recent_answer_seconds = [1, 4]
            }
        ).lines
        #expect(
            lines == [
                "connected (process 7, version \(ClawdTalkVersion.current), up 25 h 0 min)",
                "  problem   x was not found",
                "  service   wss://x/ws, connected for 65 min, ping 12 ms, last pong 3 s ago",
                "  outages   2 reconnects; the latest outage 5 min ago, lasted 2 s: closed with 1012",
                "  gateway   http://g, live for 50 s, asked by waited", "  waiting   3 texts",
                "  latest    ▃█ (highest 4.0 s)",
            ])
        #expect(StatusText(.notRunning).lines == ["not running"])
    }

    @Test(
        "spans",
        arguments: [(0.0, "0 s"), (119, "119 s"), (120, "2 min"), (7_200, "2 h 0 min"), (183_600, "2 d 3 h")])
    func spans(seconds: Double, text: String) {
        #expect(StatusText.span(seconds) == text)
    }
}
