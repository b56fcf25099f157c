import Bridge
import Foundation
import Logging

/// Keeps calls in a folder, and lets old ones go; both off the loop.
final class FileCallRecorder: CallRecorder {
    private let folder: CallFolder
    private let days: Int
    private let storage: LoopStorage
    private let log: Logger
    private var hasFailed = false

    /// - Parameter days: how long a call is kept.
    init(_ folder: CallFolder, days: Int, storage: LoopStorage, log: Logger) {
        (self.folder, self.days, self.storage, self.log) = (folder, days, storage, log)
    }

    func record(_ event: CallRecord, of callID: String) {
        let line = CallLine(event, of: callID, at: Date())
        let (folder, days) = (folder, days)
        let isEnded = if case .ended = event { true } else { false }
        storage.perform {
            defer { if isEnded { folder.removeOlder(thanDays: days) } }
            return folder.append(line)
        } then: { [weak self] isWritten in
            self?.appended(isWritten)
        }
    }

    private func appended(_ isWritten: Bool) {
        if !isWritten, !hasFailed {
            log.error("calls cannot be kept", metadata: ["folder": "\(folder.path)"])
        }
        hasFailed = !isWritten
    }
}
