import Foundation

/// Excludes other writers of our kind from a folder while it lives. The lock is on the folder itself, so that no
/// file is left behind, and the kernel lets go of it however the process ends.
struct FolderLock: ~Copyable {
    let descriptor: Int32

    /// Waits for the lock. A file system that knows no locks is worked on without.
    init(_ folder: String) throws(StorageFault) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(folder, "opening the folder") }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    /// Makes a rename in the folder last through a loss of power.
    func synchronize() throws(StorageFault) {
        // Some network file systems know no such thing for folders.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
            throw .system("the folder", "fsync")
        }
    }

    deinit { close(descriptor) }
}
