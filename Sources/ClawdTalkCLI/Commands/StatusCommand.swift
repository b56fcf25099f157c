import ArgumentParser
import Foundation

/// `clawdtalk status`: what the running bridge says of itself.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether the bridge is connected, and how it does.",
        discussion: """
            Connected means: the service took the login, and answers pings. --health is for health checks: 0 when it is \
            connected and the gateway was live within the last minute; it asks the bridge only, never the network. Exit \
            statuses: 0 connected, 1 running but not connected (--health: or the gateway is not live), 3 not running.
            """)

    @Flag(help: "Print one JSON document; with --watch one a second, a line each.") var json = false
    @Flag(help: "Show it anew every second, until Ctrl-C.") var watch = false
    @Flag(help: "Print one line and judge the gateway too.") var health = false

    func validate() throws {
        if watch, health { throw ValidationError("--watch and --health do not go together.") }
    }

    func run() async throws {
        try await CommandRunner.run {
            let home = HomeFolder.current
            if watch { return try await watch(home) }
            let report = try StatusReport.current(home)
            if health { return tellHealth(report) }
            if json {
                Console.json(report)
            } else {
                Console.out(StatusText(report).lines.joined(separator: "\n"))
            }
            return report.exitStatus
        }
    }

    private func tellHealth(_ report: StatusReport) -> ExitStatus {
        let problem = report.healthProblem
        if json { Console.json(report) } else { Console.out(Console.printable(problem ?? "healthy")) }
        return problem == nil ? .success : report.pid == nil ? .notRunning : .failure
    }

    /// Redraws in place on a terminal; elsewhere one report follows another.
    private func watch(_ home: HomeFolder) async throws -> ExitStatus {
        let isTerminal = isatty(1) == 1
        while !Task.isCancelled {
            let report = try StatusReport.current(home)
            if json {
                Console.jsonLine(report)
            } else {
                let text = StatusText(report).lines.joined(separator: "\n")
                Console.out(isTerminal ? "\u{1B}[H\u{1B}[2J" + text : text + "\n")
            }
            do { try await Task.sleep(for: .seconds(1)) } catch { break }
        }
        return .success
    }
}
