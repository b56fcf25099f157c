import Foundation

/// A log file that this process has as its standard error: past its size it becomes `.1`, that `.2` and so on, and a new
/// one takes its place, as standard output and error too, so that even a last word of the runtime is found there.
struct RotatingLog {
    let path: String
    private let limit: Int

    /// Older files that are kept.
    static let kept = 5

    /// - Parameter limit: in bytes.
    /// - Returns: nil when standard error is not this file.
    init?(path: String, limit: Int = 1 << 20) {
        var (named, own) = (stat(), stat())
        guard stat(path, &named) == 0, fstat(2, &own) == 0, named.st_ino == own.st_ino,
            named.st_dev == own.st_dev
        else { return nil }
        (self.path, self.limit) = (path, limit)
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        var file = stat()
        // The runtime may have written there too.
        if fstat(2, &file) == 0, file.st_size > 0, Int(file.st_size) + bytes.count > limit { rotate() }
        // A full disk costs log lines, nothing else.
        _ = Foundation.write(2, bytes, bytes.count)
    }

    /// The names from the newest to the oldest.
    static func names(of path: String) -> [String] { [path] + (1...kept).map { "\(path).\($0)" } }

    private func rotate() {
        // First the new file: without one, nothing moves, and the old one goes on.
        let fresh = path + ".new"
        unlink(fresh)
        let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let names = Self.names(of: path)
        for (older, newer) in zip(names, names.dropFirst()).reversed() { rename(older, newer) }
        rename(fresh, path)
        dup2(file, 1)
        dup2(file, 2)
        close(file)
    }
}
