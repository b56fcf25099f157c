#if canImport(Darwin)
    import Darwin
    import Foundation

    extension FileSystem {
        static func exchange(_ first: String, _ second: String) -> Int32 {
            renamex_np(first, second, UInt32(RENAME_SWAP))
        }

        static func renameWithoutReplacing(_ from: String, _ to: String) -> Int32 {
            renamex_np(from, to, UInt32(RENAME_EXCL))
        }

        /// Returns 0 when a loss of power does not take what was written any more: fsync(2) of macOS leaves it in the
        /// drive's own memory. File systems that do not know F_FULLFSYNC get fsync.
        static func synchronize(_ descriptor: Int32) -> Int32 {
            fcntl(descriptor, F_FULLFSYNC) == 0 ? 0 : fsync(descriptor)
        }

        /// Tells this start of this machine from others: the number of a process means something only there. nil when
        /// that cannot be told.
        static let processSpace: String? = {
            var bytes = [CChar](repeating: 0, count: 64)
            var length = bytes.count
            guard sysctlbyname("kern.bootsessionuuid", &bytes, &length, nil, 0) == 0 else { return nil }
            return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }()
    }
#endif
