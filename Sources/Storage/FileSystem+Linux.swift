#if os(Linux)
    internal import CXattr
    import Foundation

    extension FileSystem {
        static func exchange(_ first: String, _ second: String) -> Int32 {
            clawdtalk_renameat2(first, second, clawdtalk_rename_exchange)
        }

        static func renameWithoutReplacing(_ from: String, _ to: String) -> Int32 {
            clawdtalk_renameat2(from, to, clawdtalk_rename_noreplace)
        }

        /// Returns 0 when a loss of power does not take what was written any more.
        static func synchronize(_ descriptor: Int32) -> Int32 { fsync(descriptor) }

        /// Tells this start of this machine, and this container on it, from others: the number of a process means
        /// something only there. nil when that cannot be told.
        static let processSpace: String? = {
            var info = stat()
            guard let start = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8),
                stat("/proc/self/ns/pid", &info) == 0
            else { return nil }
            return start + String(info.st_ino)
        }()
    }
#endif
