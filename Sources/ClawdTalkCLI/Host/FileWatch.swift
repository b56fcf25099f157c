import Foundation
import OpenClaw

/// Notices that a file was changed, replaced, made or removed, by looking every two seconds: it works on
/// every file system, through renames and bind mounts.
final class FileWatch {
    private struct Stamp: Equatable {
        let inode: UInt64
        let size: Int64
        let modifiedSeconds: Int
        let modifiedNanoseconds: Int
    }

    private let paths: [String]
    private let time: any Timekeeper
    private let onChange: () -> Void
    private var stamps: [Stamp?]

    private static let interval = Duration.seconds(2)

    init(_ paths: [String], time: any Timekeeper, onChange: @escaping () -> Void) {
        (self.paths, self.time, self.onChange) = (paths, time, onChange)
        stamps = paths.map(Self.stamp)
        scheduleLook()
    }

    private func scheduleLook() {
        time.schedule(after: Self.interval) { [weak self] in
            guard let self else { return }
            let now = paths.map(Self.stamp)
            if now != stamps {
                stamps = now
                onChange()
            }
            scheduleLook()
        }
    }

    private static func stamp(_ path: String) -> Stamp? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        #if canImport(Darwin)
            let modified = info.st_mtimespec
        #else
            let modified = info.st_mtim
        #endif
        return Stamp(
            inode: UInt64(info.st_ino), size: Int64(info.st_size), modifiedSeconds: Int(modified.tv_sec),
            modifiedNanoseconds: Int(modified.tv_nsec))
    }
}
