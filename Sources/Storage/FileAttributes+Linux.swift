#if os(Linux)
    internal import CXattr
    import Foundation

    extension FileAttributes {
        /// Extended attributes; the access list (acl(5)) is one of them.
        static func copyExtended(from path: String, to descriptor: Int32) throws(StorageFailure) {
            for name in try names(path) {
                // Those of the system's security modules are given by the system, not by us.
                let isSystem = name.hasPrefix("security.") || name.hasPrefix("trusted.")
                guard let value = try value(of: name, path, isSystem: isSystem) else { continue }
                if fsetxattr(descriptor, name, value, value.count, 0) == 0 { continue }
                guard isSystem else { throw StorageFailure(path, .attributesNotKept(name)) }
            }
        }

        /// - Parameter call: as listxattr(2).
        static func names(_ path: String, _ call: SizedCall? = nil) throws(StorageFailure) -> [String] {
            switch sized(call ?? { listxattr(path, $0?.assumingMemoryBound(to: CChar.self), $1) }) {
            case .bytes(let bytes): bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            case .failed(ENOTSUP): []
            case .failed(let number): throw .system(path, "listing its attributes", number)
            }
        }

        /// - Parameter call: as getxattr(2).
        /// - Returns: nil for one that has vanished meanwhile, or that only the system may read.
        static func value(
            of name: String, _ path: String, isSystem: Bool = false, _ call: SizedCall? = nil
        ) throws(StorageFailure) -> [UInt8]? {
            switch sized(call ?? { getxattr(path, name, $0, $1) }) {
            case .bytes(let bytes): bytes
            case .failed(ENODATA), .failed(ENOTSUP): nil
            case .failed where isSystem: nil
            case .failed: throw StorageFailure(path, .attributesNotKept(name))
            }
        }

        /// Gives the size for a buffer of none, the count of bytes in a buffer else; -1 and errno for a failure.
        typealias SizedCall = (UnsafeMutableRawPointer?, Int) -> Int

        private enum Sized {
            case bytes([UInt8])
            case failed(Int32)
        }

        /// What is there may grow between the question for its size and the reading: both are done again then.
        private static func sized(_ call: SizedCall) -> Sized {
            while true {
                let size = call(nil, 0)
                guard size >= 0 else { return .failed(errno) }
                guard size > 0 else { return .bytes([]) }
                var buffer = [UInt8](repeating: 0, count: size)
                let length = buffer.withUnsafeMutableBytes { call($0.baseAddress, size) }
                if length >= 0 { return .bytes(Array(buffer[..<length])) }
                guard errno == ERANGE else { return .failed(errno) }
            }
        }

        /// FS_IOC_GETFLAGS and FS_IMMUTABLE_FL of linux/fs.h.
        static func isImmutable(_ path: String) -> Bool {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            var flags: CLong = 0
            return ioctl(descriptor, 0x8008_6601, &flags) == 0 && flags & 0x10 != 0
        }
    }
#endif
