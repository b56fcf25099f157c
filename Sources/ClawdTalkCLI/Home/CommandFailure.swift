import Foundation

/// Ends a command with one line and an exit status.
struct CommandFailure: Error, CustomStringConvertible {
    let status: ExitStatus
    let line: String

    init(_ status: ExitStatus, _ line: String) {
        (self.status, self.line) = (status, line)
    }

    var description: String { line }
}
