import Foundation

/// Reads a log that ``RotatingLog`` writes, over its rotations.
struct LogReader {
    let path: String
    private var handle: FileHandle?
    /// A line whose end is not written yet.
    private var rest = Data()

    init(path: String) { self.path = path }

    var exists: Bool { RotatingLog.names(of: path).contains { FileManager.default.fileExists(atPath: $0) } }

    /// The last lines that there are, also from older files; ``new()`` goes on behind them.
    mutating func latest(_ count: Int) -> [String] {
        open()
        var lines = take()
        for name in RotatingLog.names(of: path).dropFirst() where lines.count < count {
            guard let data = FileManager.default.contents(atPath: name) else { break }
            lines = Self.lines(of: data) + lines
        }
        return lines.suffix(count)
    }

    /// What was written since; a file that was rotated away is read to its end first.
    mutating func new() -> [String] {
        var lines = take()
        guard isReplaced else { return lines }
        // Between the look and the rotation more may have been written.
        lines += take()
        open()
        return lines + take()
    }

    private mutating func open() { (handle, rest) = (FileHandle(forReadingAtPath: path), Data()) }

    /// Whether the path leads to another file than the one that is read.
    private var isReplaced: Bool {
        var (named, own) = (stat(), stat())
        guard stat(path, &named) == 0 else { return false }
        guard let handle, fstat(handle.fileDescriptor, &own) == 0 else { return true }
        return named.st_ino != own.st_ino || named.st_dev != own.st_dev
    }

    private mutating func take() -> [String] {
        rest += (try? handle?.readToEnd()) ?? Data()
        guard let end = rest.lastIndex(of: 0x0A) else { return [] }
        defer { rest = Data(rest[(end + 1)...]) }
        return Self.lines(of: rest[...end])
    }

    private static func lines(of data: Data) -> [String] {
        data.split(separator: 0x0A).map { Console.printable(String(decoding: $0, as: UTF8.self)) }
    }
}
