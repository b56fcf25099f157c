import ArgumentParser
import Foundation

/// `clawdtalk watchdog`: for cron.
struct WatchdogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watchdog",
        abstract: "Start the bridge again when it is gone or hangs; quiet when all is well.",
        discussion: """
            For cron: */5 * * * * /path/to/connect.sh watchdog. A bridge that was stopped by `stop` stays stopped. One that \
            gave up with 76, 77 or 78 is started again once its configuration was changed; until then that is said once. \
            Exit statuses: 0 all is well, or it was started again; otherwise as those of start.
            """)

    func run() async throws {
        try await CommandRunner.run { try await Watchdog(home: .current).look() }
    }
}
