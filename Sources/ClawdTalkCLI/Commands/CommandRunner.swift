import ArgumentParser
import ClawdTalkAPI
import Foundation

/// Turns failures into one line on standard error and the exit status of the one table.
enum CommandRunner {
    static func run(_ body: () async throws -> ExitStatus) async throws {
        // A closed pipe must not end a command between two files.
        signal(SIGPIPE, SIG_IGN)
        let status: ExitStatus
        do {
            status = try await body()
        } catch let failure as CommandFailure {
            Console.error("clawdtalk: " + failure.line)
            status = failure.status
        } catch let failure as RESTFailure {
            let failure = CommandFailure(failure, "it did not happen")
            Console.error("clawdtalk: " + failure.line)
            status = failure.status
        } catch let error as ConfigurationError {
            Console.error("clawdtalk: " + error.line)
            status = .configuration
        }
        if status != .success { throw status.exitCode }
    }
}
