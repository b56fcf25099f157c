import Bridge

/// A status as Prometheus reads it (text exposition format 0.0.4). Names and help never change their meaning.
struct MetricsText {
    private(set) var text = ""

    init(_ report: StatusReport, times: AnswerTimes) {
        gauge("clawdtalk_info", "Constant 1, with the version.", 1, labels: "version=\"\(report.version)\"")
        gauge(
            "clawdtalk_connected", "1 when the service took the login and answers pings.",
            report.connected ? 1 : 0)
        gauge("clawdtalk_state_seconds", "How long the line has been as it is.", report.state_seconds)
        gauge("clawdtalk_ping_seconds", "From the latest ping to its pong.", report.ping_seconds)
        gauge("clawdtalk_last_pong_age_seconds", "Since the latest pong.", report.last_pong_seconds)
        counter("clawdtalk_reconnects_total", "Logins after the first.", report.reconnects)
        gauge("clawdtalk_live_calls", "Calls at this moment.", report.live_calls)
        gauge("clawdtalk_open_questions", "Questions that wait for an answer.", report.open_questions)
        counter("clawdtalk_questions_answered_total", "Questions that the agent answered.", report.answered)
        counter("clawdtalk_questions_failed_total", "Questions that ended without an answer.", report.failed)
        histogram("clawdtalk_answer_seconds", "From a question to the agent's answer.", times)
        gauge(
            "clawdtalk_longest_silence_seconds", "For which somebody who had asked heard nothing.",
            report.longest_silence_seconds)
        gauge(
            "clawdtalk_undelivered_answers", "Answers that the service has not confirmed.", report.undelivered
        )
        gauge(
            "clawdtalk_approvals_waiting", "Requests that wait for the owner's yes.", report.approvals_waiting
        )
        gauge("clawdtalk_sms_waiting", "Texts that are not answered yet.", report.sms_waiting)
        gauge(
            "clawdtalk_reports_waiting", "Calls that the agent was not told of yet.", report.reports_waiting)
        gauge(
            "clawdtalk_answers_waiting", "Answers for after a call that the owner was not told of.",
            report.answers_waiting)
        gauge(
            "clawdtalk_gateway_live", "1 when the gateway lived at the last look.",
            report.gateway_live.map { $0 ? 1 : 0 })
        gauge("clawdtalk_gateway_checked_age_seconds", "Since the last look.", report.gateway_checked_seconds)
        gauge("clawdtalk_uptime_seconds", "Since the start of the process.", report.uptime_seconds)
        gauge("process_resident_memory_bytes", "Resident memory size in bytes.", report.resident_bytes)
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: Int?, labels: String? = nil) {
        sample(name, "gauge", help, value.map(String.init), labels: labels)
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: Double?) {
        sample(name, "gauge", help, value.map { "\($0)" }, labels: nil)
    }

    private mutating func counter(_ name: String, _ help: String, _ value: Int?) {
        sample(name, "counter", help, value.map(String.init), labels: nil)
    }

    /// What is not known has no sample, rather than a zero that looks like one.
    private mutating func sample(
        _ name: String, _ type: String, _ help: String, _ value: String?, labels: String?
    ) {
        guard let value else { return }
        header(name, type, help)
        text += "\(name)\(labels.map { "{\($0)}" } ?? "") \(value)\n"
    }

    private mutating func histogram(_ name: String, _ help: String, _ times: AnswerTimes) {
        header(name, "histogram", help)
        var total = 0
        for (count, bound) in zip(times.counts, AnswerTimes.bounds.map { "\($0)" } + ["+Inf"]) {
            total += count
            text += "\(name)_bucket{le=\"\(bound)\"} \(total)\n"
        }
        text += "\(name)_sum \(times.sum)\n\(name)_count \(total)\n"
    }

    private mutating func header(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}
