import Foundation
import Storage

/// What an update notes before it changes anything and takes away at its end: found by the next one, it tells what a
/// killed one began.
struct UnfinishedUpdate: Codable, Equatable {
    /// The commit before, of a checkout.
    var commit: String?
    /// The new package's files.
    var files: [String] = []
    /// Whether a bridge ran when it began, and was connected.
    var hadBridge: Bool
    var wasConnected: Bool

    /// - Returns: nil when none was left.
    static func read(_ path: String) -> UnfinishedUpdate? { PrivateFile(path: path).decode(Self.self) }

    /// - Throws: ``CommandFailure`` with status 73.
    func write(_ path: String) throws {
        do throws(StorageFailure) { try PrivateFile(path: path).encode(self) } catch {
            throw CommandFailure(.cannotWrite, error.line)
        }
    }

    static func remove(_ path: String) { PrivateFile(path: path).remove() }
}
