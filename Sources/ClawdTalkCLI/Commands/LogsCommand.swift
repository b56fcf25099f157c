import ArgumentParser
import Foundation

/// `clawdtalk logs`: what the background bridge wrote.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show the log of the background bridge.",
        discussion: """
            The log is .connect.log in CLAWDTALK_HOME; past 1 MiB it becomes .connect.log.1, and five older ones are kept. \
            Exit statuses: 0, or 1 when there is no log.
            """)

    @Flag(name: .shortAndLong, help: "Go on with what is written, until Ctrl-C.") var follow = false
    @Option(name: [.customShort("n"), .long], help: "How many lines to begin with.") var lines = 50

    func validate() throws {
        guard lines >= 0 else { throw ValidationError("--lines takes 0 or more.") }
    }

    func run() async throws {
        try await CommandRunner.run {
            let path = HomeFolder.current.logPath
            var reader = LogReader(path: path)
            guard reader.exists || follow else {
                throw CommandFailure(
                    .failure,
                    "there is no \(path). A bridge that runs as a service or in a container logs there.")
            }
            reader.latest(lines).forEach { Console.out($0) }
            while follow {
                reader.new().forEach { Console.out($0) }
                do { try await Task.sleep(for: .milliseconds(200)) } catch { break }
            }
            return .success
        }
    }
}
