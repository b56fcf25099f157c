internal import ArgumentParser

/// The exit statuses of all commands (docs/operations.md).
enum ExitStatus: Int32 {
    case success = 0
    case failure = 1
    case notRunning = 3
    case approvalDenied = 10
    case approvalTimedOut = 11
    case approvalExpired = 12
    case noDevice = 13
    case usage = 64
    case unreachable = 69
    case cannotWrite = 73
    case notYet = 75
    case takenOver = 76
    case keyRefused = 77
    case configuration = 78

    var exitCode: ExitCode { ExitCode(rawValue) }
}
