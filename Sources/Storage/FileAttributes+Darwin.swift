#if canImport(Darwin)
    import Darwin
    import Foundation

    extension FileAttributes {
        /// Extended attributes and the access list.
        static func copyExtended(from path: String, to descriptor: Int32) throws(StorageFailure) {
            let source = open(path, O_RDONLY | O_CLOEXEC)
            guard source >= 0 else { throw .system(path, "opening") }
            defer { close(source) }
            guard fcopyfile(source, descriptor, nil, copyfile_flags_t(COPYFILE_ACL | COPYFILE_XATTR)) == 0
            else {
                throw StorageFailure(path, .attributesNotKept(String(cString: strerror(errno))))
            }
        }

        static func isImmutable(_ path: String) -> Bool {
            var info = stat()
            return stat(path, &info) == 0 && info.st_flags & UInt32(UF_IMMUTABLE | SF_IMMUTABLE) != 0
        }
    }
#endif
