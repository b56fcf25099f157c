import Foundation
import Synchronization

/// The lock that makes one bridge a CLAWDTALK_HOME: a record lock on `.connect.pid`, which the kernel lets go
/// of when the process ends, however it ends, and for which it names the holder.
final class InstanceLock: Sendable {
    private let path: String
    private let note: String
    private let descriptor: Mutex<Int32>

    private init(_ path: String, note: String, descriptor: Int32) {
        (self.path, self.note) = (path, note)
        self.descriptor = Mutex(descriptor)
    }

    enum Holder: Equatable {
        case nobody
        case process(pid_t)
    }

    /// Takes the lock and writes the process id into the file, and a note in a line of its own.
    /// - Returns: nil when another process holds it.
    static func take(_ path: String, note: String) throws -> InstanceLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .cannotWrite, "\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
        var region = wholeFile(F_WRLCK)
        guard fcntl(descriptor, F_SETLK, &region) == 0 else {
            close(descriptor)
            return nil
        }
        let text = Array("\(getpid())\n\(note)\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
        return InstanceLock(path, note: note, descriptor: descriptor)
    }

    /// Looks whether the file is still in its place: one that was removed, as people do with such files, is made anew,
    /// or nobody would find this process any more.
    /// - Returns: false when another process has taken the place.
    func keep() -> Bool {
        descriptor.withLock { descriptor in
            var (named, own) = (stat(), stat())
            if stat(path, &named) == 0, fstat(descriptor, &own) == 0, named.st_ino == own.st_ino,
                named.st_dev == own.st_dev
            {
                return true
            }
            do {
                guard let lock = try Self.take(path, note: note) else { return false }
                close(descriptor)
                descriptor = lock.descriptor.withLock { $0 }
            } catch {
                // A file system that cannot be written to lets nobody else in either.
            }
            return true
        }
    }

    /// What the holder noted; nil when there is nothing.
    static func note(_ path: String) -> String? {
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.dropFirst().first.map(String.init)
    }

    /// Who holds the lock, by the kernel's word.
    /// - Throws: ``CommandFailure`` when the file is there and cannot be looked at, as by another user.
    static func holder(_ path: String) throws -> Holder {
        // Reading is enough to ask, also on a file system that became read-only.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return .nobody }
            throw CommandFailure(.failure, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var region = wholeFile(F_WRLCK)
        guard fcntl(descriptor, F_GETLK, &region) == 0, region.l_type != Int16(F_UNLCK) else {
            return .nobody
        }
        return .process(region.l_pid)
    }

    private static func wholeFile(_ type: Int32) -> flock {
        var region = flock()
        region.l_type = Int16(type)
        region.l_whence = Int16(SEEK_SET)
        return region
    }
}
