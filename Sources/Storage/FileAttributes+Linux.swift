#if os(Linux)
    internal import CXattr
    import Foundation

    extension FileAttributes {
        /// Extended attributes; the access list (acl(5)) is one of them.
        static func copyExtended(from path: String, to descriptor: Int32) throws(StorageFault) {
            for name in names(path) {
                guard let value = value(of: name, path) else { continue }
                if fsetxattr(descriptor, name, value, value.count, 0) == 0 { continue }
                // Those of the system's security modules are given by the system, not by us.
                guard name.hasPrefix("security.") || name.hasPrefix("trusted.") else {
                    throw StorageFault(path, .attributesNotKept(name))
                }
            }
        }

        private static func names(_ path: String) -> [String] {
            let size = listxattr(path, nil, 0)
            guard size > 0 else { return [] }
            var buffer = [CChar](repeating: 0, count: size)
            let length = listxattr(path, &buffer, size)
            guard length > 0 else { return [] }
            return buffer[..<length].split(separator: 0).map {
                String(decoding: $0.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
        }

        private static func value(of name: String, _ path: String) -> [UInt8]? {
            let size = getxattr(path, name, nil, 0)
            guard size >= 0 else { return nil }
            var buffer = [UInt8](repeating: 0, count: max(size, 1))
            let length = getxattr(path, name, &buffer, size)
            return length >= 0 ? Array(buffer[..<length]) : nil
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
