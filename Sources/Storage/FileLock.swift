import Foundation

/// Excludes others that take it while it lives: for work on several files of one folder, where each replacement locks
/// the folder for itself. The file stays, empty; the kernel lets go of the lock however the process ends.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Waits for the lock. A file system that knows no locks is worked on without.
    package init(_ path: String) throws(StorageFault) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path, "opening") }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    /// - Returns: nil at once when somebody else holds it.
    package init?(trying path: String) throws(StorageFault) {
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
