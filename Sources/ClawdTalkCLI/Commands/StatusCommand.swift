import ArgumentParser

/// `clawdtalk status`: what the running bridge says of itself.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether the bridge is connected.",
        discussion: "Exit statuses: 0 connected, 1 running but not connected, 3 not running.")

    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
        try await CommandRunner.run {
            let home = HomeFolder.current
            let report = ControlClient(path: home.socketPath).status() ?? Self.withoutAnswer(home)
            if json { Console.json(report) } else { Console.out(Self.text(report)) }
            return report.connected ? .success : report.state == "not running" ? .notRunning : .failure
        }
    }

    /// A held lock without an answer is a bridge that hangs, not one that is absent.
    private static func withoutAnswer(_ home: HomeFolder) -> StatusReport {
        guard case .process(let pid) = InstanceLock.holder(home.pidPath) else { return .notRunning }
        return StatusReport(state: "not answering", connected: false, pid: pid)
    }

    private static func text(_ report: StatusReport) -> String {
        guard let pid = report.pid else { return "not running" }
        var lines = ["\(report.state) (process \(pid), version \(report.version))"]
        if let server = report.server, let seconds = report.state_seconds {
            lines.append("  service   \(server), for \(Int(seconds)) s, \(report.reconnects ?? 0) reconnects")
        }
        if let pong = report.last_pong_seconds { lines.append("  last pong \(Int(pong)) s ago") }
        if let gateway = report.gateway {
            lines.append("  gateway   \(gateway), asking \(report.form ?? "")")
        }
        if let calls = report.live_calls, let answered = report.answered, let failed = report.failed {
            lines.append(
                "  calls     \(calls) live; \(answered) questions answered, \(failed) without an answer")
        }
        if let texts = report.sms_waiting, let reports = report.reports_waiting, texts + reports > 0 {
            lines.append("  waiting   \(texts) texts, \(reports) call reports")
        }
        if let bytes = report.resident_bytes { lines.append("  memory    \(bytes / 1_048_576) MiB") }
        return lines.joined(separator: "\n")
    }
}
