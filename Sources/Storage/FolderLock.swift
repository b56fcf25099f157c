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

    /// Makes a rename in the folder last through a loss of power, where the file system knows such a thing for folders.
    func synchronize() { fsync(descriptor) }

    deinit {
        // A process that is being started just now may have the descriptor too, until its exec.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
