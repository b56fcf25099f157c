import Foundation
import Ports

/// Notices that a file was changed, replaced, made or removed, by looking every two seconds: it works on
/// every file system, through renames and bind mounts.
final class FileWatch {
    private let paths: [String]
    private let time: any Timekeeper
    private let onChange: () -> Void
    private var stamps: [FileStamp?]

    private static let interval = Duration.seconds(2)

    init(_ paths: [String], time: any Timekeeper, onChange: @escaping () -> Void) {
        (self.paths, self.time, self.onChange) = (paths, time, onChange)
        stamps = paths.map(FileStamp.init)
        scheduleLook()
    }

    private func scheduleLook() {
        time.schedule(after: Self.interval) { [weak self] in
            guard let self else { return }
            let now = paths.map(FileStamp.init)
            if now != stamps {
                stamps = now
                onChange()
            }
            scheduleLook()
        }
    }
}
