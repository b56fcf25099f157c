import Foundation

/// The lock that makes one bridge a CLAWDTALK_HOME: a record lock on `.connect.pid`, which the kernel lets go
/// of when the process ends, however it ends, and for which it names the holder.
struct InstanceLock {
    private let descriptor: Int32

    enum Holder: Equatable {
        case nobody
        case process(pid_t)
    }

    /// Takes the lock and writes the process id into the file, and a note in a line of its own.
    /// - Returns: nil when another process holds it.
    static func take(_ path: String, note: String) throws -> InstanceLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
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
        return InstanceLock(descriptor: descriptor)
    }

    /// What the holder noted; nil when there is nothing.
    static func note(_ path: String) -> String? {
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.dropFirst().first.map(String.init)
    }

    /// Who holds the lock, by the kernel's word.
    static func holder(_ path: String) -> Holder {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return .nobody }
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
