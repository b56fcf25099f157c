import Bridge
import Foundation

/// A journal in a file for its owner only. It is not forced to the disk: it has to survive the process, not a loss of
/// power. What a full disk does not take goes in front of what comes next, so that no line is lost or torn for long.
final class LocalJournalFile: JournalFile {
    /// As write(2): the count of bytes that were taken, below 0 for a failure.
    typealias Write = (_ descriptor: Int32, _ bytes: [UInt8]) -> Int

    private let path: String
    private let write: Write
    private var descriptor: Int32 = -1
    private var unwritten: [UInt8] = []

    init(_ path: String, write: @escaping Write = { Foundation.write($0, $1, $1.count) }) {
        (self.path, self.write) = (path, write)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func read() -> [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }

    func append(_ bytes: [UInt8]) {
        unwritten += bytes
        if descriptor < 0 { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else { return }
        unwritten.removeFirst(max(0, write(descriptor, unwritten)))
    }

    func replace(with bytes: [UInt8]) {
        if descriptor >= 0 { close(descriptor) }
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        unwritten = []
        append(bytes)
    }
}
