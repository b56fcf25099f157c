/// A status for people.
struct StatusText {
    let lines: [String]

    init(_ report: StatusReport) {
        guard let pid = report.pid else {
            lines = ["not running"]
            return
        }
        var process = ["process \(pid)", "version \(report.version)"]
        if let uptime = report.uptime_seconds { process.append("up \(Self.span(uptime))") }
        if let bytes = report.resident_bytes { process.append("\(bytes / 1_048_576) MiB") }
        lines =
            ["\(report.state) (\(process.joined(separator: ", ")))"]
            + [
                ("problem", report.problem), ("disk", Self.disk(report)), ("service", Self.service(report)),
                ("outages", Self.outages(report)), ("gateway", Self.gateway(report)),
                ("calls", Self.calls(report)), ("answers", Self.answers(report)),
                ("waiting", Self.waiting(report)),
                ("latest", Self.sparkline(report.recent_answer_seconds ?? [])),
            ]
            .compactMap { name, text in
                text.map {
                    "  " + name + String(repeating: " ", count: 10 - name.count) + Console.printable($0)
                }
            }
    }

    private static func service(_ report: StatusReport) -> String? {
        guard let server = report.server, let seconds = report.state_seconds else { return nil }
        var parts = ["\(server), \(report.state) for \(span(seconds))"]
        if let ping = report.ping_seconds { parts.append("ping \(milliseconds(ping))") }
        if let pong = report.last_pong_seconds { parts.append("last pong \(span(pong)) ago") }
        return parts.joined(separator: ", ")
    }

    private static func outages(_ report: StatusReport) -> String? {
        guard let count = report.reconnects, let last = report.outages?.last else { return nil }
        let lasted = last.lasted_seconds.map { "lasted \(span($0))" } ?? "lasts"
        return
            "\(count) reconnects; the latest outage \(span(last.seconds_ago)) ago, \(lasted): \(last.cause)"
    }

    private static func disk(_ report: StatusReport) -> String? {
        report.disk_late_seconds.map { "has not finished a write for \(span($0))" }
    }

    private static func gateway(_ report: StatusReport) -> String? {
        guard let gateway = report.gateway else { return nil }
        let asked = report.form.map { ", asked by \($0)" } ?? ""
        guard let live = report.gateway_live, let since = report.gateway_state_seconds else {
            return gateway + asked
        }
        let problem = report.gateway_problem.map { ": \($0)" } ?? ""
        return "\(gateway), \(live ? "live" : "NOT live") for \(span(since))\(problem)\(asked)"
    }

    private static func calls(_ report: StatusReport) -> String? {
        guard let calls = report.live_calls, let open = report.open_questions, let answered = report.answered,
            let failed = report.failed
        else { return nil }
        return "\(calls) live; \(open) questions open, \(answered) answered, \(failed) without an answer"
    }

    private static func answers(_ report: StatusReport) -> String? {
        guard let half = report.answer_seconds_p50, let most = report.answer_seconds_p95,
            let nearlyAll = report.answer_seconds_p99, let silence = report.longest_silence_seconds
        else { return nil }
        return "half within \(tenths(half)) s, 95 % \(tenths(most)) s, 99 % \(tenths(nearlyAll)) s; "
            + "longest silence \(tenths(silence)) s"
    }

    private static func waiting(_ report: StatusReport) -> String? {
        let counts = [
            (report.approvals_waiting, "approvals"), (report.sms_waiting, "texts"),
            (report.reports_waiting, "call reports"),
            (report.answers_waiting, "answers for after a call"), (report.undelivered, "undelivered answers"),
        ]
        let parts = counts.compactMap { count, name in (count ?? 0) > 0 ? "\(count ?? 0) \(name)" : nil }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// The latest answers, the newest on the right; the highest bar is the longest of them.
    static func sparkline(_ seconds: [Double]) -> String? {
        guard let longest = seconds.max(), longest > 0 else { return nil }
        let bars = Array("▁▂▃▄▅▆▇█")
        let line = seconds.map { bars[min(Int($0 / longest * Double(bars.count)), bars.count - 1)] }
        return String(line) + " (highest \(tenths(longest)) s)"
    }

    /// `42 s`, `3 min`, `5 h 10 min`, `12 d 3 h`.
    static func span(_ seconds: Double) -> String {
        let whole = Int(seconds)
        let (minutes, hours, days) = (whole / 60, whole / 3600, whole / 86_400)
        if whole < 120 { return "\(whole) s" }
        if minutes < 120 { return "\(minutes) min" }
        return days < 2 ? "\(hours) h \(minutes % 60) min" : "\(days) d \(hours % 24) h"
    }

    private static func tenths(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func milliseconds(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10_000).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\(tenths / 10) ms"
    }
}
