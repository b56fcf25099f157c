import Foundation
import OpenClaw
import Storage

/// What setup added, kept in CLAWDTALK_HOME so that uninstall takes away exactly that.
struct SetupRecord: Codable, Equatable {
    /// In openclaw.json and the files it includes, in the order in which it was added.
    var additions: [PatchAddition] = []
    /// setup wrote CLAWDTALK_API_KEY into this file.
    var keyFile: String?

    var isEmpty: Bool { additions.isEmpty && keyFile == nil }

    /// - Returns: an empty one when there is no file.
    /// - Throws: ``CommandFailure`` when the file cannot be read: what it says must not be lost.
    static func read(_ file: PrivateFile) throws -> SetupRecord {
        guard let snapshot = try? file.read() else {
            guard access(file.path, F_OK) != 0 else { throw unreadable(file) }
            return SetupRecord()
        }
        guard let record = try? JSONDecoder().decode(SetupRecord.self, from: Data(snapshot.bytes)) else {
            throw unreadable(file)
        }
        return record
    }

    private static func unreadable(_ file: PrivateFile) -> CommandFailure {
        CommandFailure(
            .configuration,
            "\(file.path) cannot be read; it says what setup added to openclaw.json. Mend it, or move it away and take "
                + "that out by hand. Nothing was changed.")
    }
}
