import Bridge
import Foundation
import Logging

/// Keeps calls in a folder, and lets old ones go.
final class FileCallRecorder: CallRecorder {
    private let folder: CallFolder
    private let days: Int
    private let log: Logger
    private var hasFailed = false

    /// - Parameter days: how long a call is kept.
    init(_ folder: CallFolder, days: Int, log: Logger) {
        (self.folder, self.days, self.log) = (folder, days, log)
    }

    func record(_ event: CallRecord, of callID: String) {
        let isWritten = folder.append(CallLine(event, of: callID, at: Date()))
        if !isWritten, !hasFailed {
            log.error("calls cannot be kept", metadata: ["folder": "\(folder.path)"])
        }
        hasFailed = !isWritten
        if case .ended = event { folder.removeOlder(thanDays: days) }
    }
}
