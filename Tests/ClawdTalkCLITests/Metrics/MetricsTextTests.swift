import Bridge
import Testing

@testable import ClawdTalkCLI

@Suite("Metrics")
struct MetricsTextTests {
    @Test("a family has its help, its type and its samples; what is not known has none")
    func families() {
        var report = StatusReport(state: "connected", connected: true, pid: 7)
        (report.answered, report.gateway_live) = (12, false)
        let text = MetricsText(report, times: AnswerTimes()).text
        #expect(
            text.contains(
                """
                # HELP clawdtalk_questions_answered_total Questions that the agent answered.
                # TYPE clawdtalk_questions_answered_total counter
                clawdtalk_questions_answered_total 12

                """))
        #expect(text.contains("\nclawdtalk_connected 1\n") && text.contains("\nclawdtalk_gateway_live 0\n"))
        #expect(!text.contains("clawdtalk_ping_seconds"))
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n") {
            #expect(line.contains(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.e+-]+)$/))
        }
    }

    @Test("buckets of a histogram are cumulative, and the last one is the count")
    func histogram() {
        var times = AnswerTimes()
        for seconds in [0.1, 2, 2, 400] { times.add(.milliseconds(Int(seconds * 1000))) }
        let text = MetricsText(.notRunning, times: times).text
        for line in [
            #"clawdtalk_answer_seconds_bucket{le="0.25"} 1"#, #"clawdtalk_answer_seconds_bucket{le="2.0"} 3"#,
            #"clawdtalk_answer_seconds_bucket{le="300.0"} 3"#,
            #"clawdtalk_answer_seconds_bucket{le="+Inf"} 4"#,
            "clawdtalk_answer_seconds_sum 404.1", "clawdtalk_answer_seconds_count 4",
        ] { #expect(text.contains("\n\(line)\n")) }
    }
}
