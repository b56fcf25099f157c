import ArgumentParser
import Foundation

/// `clawdtalk start`: the bridge in the background.
struct StartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the bridge in the background and wait until it is authenticated.",
        discussion: """
            The log is .connect.log in CLAWDTALK_HOME. Exit statuses: 0 authenticated, or already running; 75 not \
            authenticated after 10 s (it goes on trying); otherwise what `run` ended with.
            """)

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        try await CommandRunner.run {
            try ServiceHosts.refuse(options, for: options.settings.home)
            _ = try options.settings.load()
            let start = BridgeStart(home: options.settings.home, arguments: options.arguments)
            return Self.tell(try await start.start(), home: start.home)
        }
    }

    /// What became of a start, for people; its exit status.
    static func tell(_ outcome: BridgeStart.Outcome, home: HomeFolder) -> ExitStatus {
        switch outcome {
        case .alreadyRunning(let pid):
            Console.out("already running (process \(pid))")
            return .success
        case .connected:
            Console.out("connected")
            return .success
        case .ended(let status, let reason):
            Console.error("clawdtalk: the bridge ended: \(reason)")
            return status
        case .notYet:
            let problem = ControlClient(home).status()?.problem.map { " (\(Console.printable($0)))" } ?? ""
            Console.error(
                "clawdtalk: not authenticated after 10 s\(problem); it goes on trying. See \(home.logPath).")
            return .notYet
        }
    }
}
