import ArgumentParser
import Foundation

/// `clawdtalk setup`: from nothing to a working line.
struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Write skill-config.json, and allow the bridge to ask the agent in openclaw.json.",
        discussion: """
            Asks at the terminal; Enter keeps what is in brackets. Every question has a flag, for use without a \
            terminal. openclaw.json is changed only after a yes (or --patch-gateway, --yes), by the one entry, with a \
            backup beside it. Exit statuses: 0 every file that was wanted is written, 64 an answer is missing and \
            nothing was changed, 73 a file could not be written.
            """)

    @OptionGroup var options: SetupOptions

    func run() async throws {
        try await CommandRunner.run {
            var setup = try Setup(options)
            return try await setup.run()
        }
    }
}
