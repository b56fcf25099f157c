import Foundation

/// What a file carries beside its bytes.
enum FileAttributes {
    /// Gives an open file the owner, group, access list, extended attributes and mode of another.
    static func copy(from path: String, to descriptor: Int32) throws(StorageFailure) {
        try copyOwner(from: path, to: descriptor)
        try copyExtended(from: path, to: descriptor)
        var info = stat()
        guard stat(path, &info) == 0 else { throw .system(path, "reading the mode") }
        // Last, because a change of owner takes bits away.
        guard fchmod(descriptor, info.st_mode & 0o7777) == 0 else { throw .system(path, "keeping the mode") }
    }

    static func copyOwner(from path: String, to descriptor: Int32) throws(StorageFailure) {
        var (old, new) = (stat(), stat())
        guard stat(path, &old) == 0, fstat(descriptor, &new) == 0 else {
            throw .system(path, "reading the owner")
        }
        guard old.st_uid != new.st_uid || old.st_gid != new.st_gid else { return }
        guard fchown(descriptor, old.st_uid, old.st_gid) == 0 else {
            throw StorageFailure(path, .foreignOwner(user: old.st_uid, group: old.st_gid))
        }
    }
}
