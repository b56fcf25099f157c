import Foundation

/// Excludes others that take it while it lives: for work on several files of one folder, where each replacement locks
/// the folder for itself. The file stays, empty; the kernel lets go of the lock however the process ends.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Waits for the lock. A file system that knows no locks is worked on without.
    package init(_ path: String) throws(StorageFailure) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path, "opening") }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    /// - Returns: nil at once when somebody else holds it.
    package init?(trying path: String) throws(StorageFailure) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path, "opening") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            close(descriptor)
            return nil
        }
    }

    deinit {
        // A process that is being started just now may have the descriptor too, until its exec.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

/// Excludes other writers of our kind from a folder while it lives. The lock is on the folder itself, so that no
/// file is left behind, and the kernel lets go of it however the process ends.
struct FolderLock: ~Copyable {
    private let descriptor: Int32
    private let system: FileSystem

    /// Waits for the lock. A file system that knows no locks is worked on without.
    init(_ folder: String, _ system: FileSystem) throws(StorageFailure) {
        self.system = system
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(folder, "opening the folder") }
        while system.lock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    /// Makes a rename in the folder last through a loss of power, where the file system knows such a thing for folders.
    func synchronize() { _ = FileSystem.synchronize(descriptor) }

    deinit {
        // A process that is being started just now may have the descriptor too, until its exec.
        _ = system.lock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
