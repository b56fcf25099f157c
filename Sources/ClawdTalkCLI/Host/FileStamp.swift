import Foundation

/// What tells a file from what it was before: enough to see that it was changed, replaced, made or removed.
struct FileStamp: Codable, Equatable {
    let inode: UInt64
    let size: Int64
    let modifiedSeconds: Int
    let modifiedNanoseconds: Int

    /// - Returns: nil when there is no such file.
    init?(_ path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        #if canImport(Darwin)
            let modified = info.st_mtimespec
        #else
            let modified = info.st_mtim
        #endif
        (inode, size) = (UInt64(info.st_ino), Int64(info.st_size))
        (modifiedSeconds, modifiedNanoseconds) = (Int(modified.tv_sec), Int(modified.tv_nsec))
    }
}
