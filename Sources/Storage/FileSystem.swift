import Foundation

/// The calls on which a replacement depends and which some file systems lack: NFS without locks, FUSE, folders that a
/// virtual machine shares. Each as in C, with errno; tests put others in their place.
package struct FileSystem: Sendable {
    /// flock(2).
    package var lock: @Sendable (_ descriptor: Int32, _ operation: Int32) -> Int32 = { flock($0, $1) }
    /// Swaps two files in one step.
    package var exchange: @Sendable (_ first: String, _ second: String) -> Int32 = Self.exchange
    /// A rename that fails with EEXIST where there is something already.
    package var renameWithoutReplacing: @Sendable (_ from: String, _ to: String) -> Int32 =
        Self.renameWithoutReplacing
    /// link(2).
    package var link: @Sendable (_ from: String, _ to: String) -> Int32 = { Foundation.link($0, $1) }

    package init() {}

    /// Whether an error may say that the file system, or what guards a container's calls (EPERM), knows no such call.
    static func isUnsupported(_ number: Int32) -> Bool {
        number == EINVAL || number == ENOSYS || number == ENOTSUP || number == EOPNOTSUPP || number == EPERM
    }
}

/// Makes a file look changed, so that whoever watches it reads it again.
package enum FileTouch {
    /// Sets the time of the last change to now; the bytes stay. Without the right to do so nothing happens.
    package static func touch(_ path: String) { _ = utimes(path, nil) }
}
