import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions
import Storage

/// Turns failures into one line on standard error and the exit status of the one table.
enum CommandRunner {
    static func run(_ body: () async throws -> ExitStatus) async throws {
        // A closed pipe must not end a command between two files.
        signal(SIGPIPE, SIG_IGN)
        let status: ExitStatus
        do {
            status = try await body()
        } catch let failure as CommandFailure {
            status = tell(failure)
        } catch let failure as RESTFailure {
            status = tell(CommandFailure(failure, "it did not happen"))
        } catch let failure as MissionFailure {
            status = tell(CommandFailure(failure))
        } catch let fault as StorageFailure {
            status = tell(CommandFailure(fault))
        } catch let error as ConfigurationError {
            Console.error("clawdtalk: " + error.line)
            status = .configuration
        }
        if status != .success { throw status.exitCode }
    }

    private static func tell(_ failure: CommandFailure) -> ExitStatus {
        Console.error("clawdtalk: " + failure.line)
        return failure.status
    }
}
