import Bridge
import Foundation

/// A journal in a file for its owner only. It is not forced to the disk: it has to survive the process, not a loss of
/// power.
final class LocalJournalFile: JournalFile {
    private let path: String
    private var descriptor: Int32 = -1

    init(_ path: String) { self.path = path }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func read() -> [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }

    func append(_ bytes: [UInt8]) {
        if descriptor < 0 { descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else { return }
        _ = write(descriptor, bytes, bytes.count)
    }

    func replace(with bytes: [UInt8]) {
        if descriptor >= 0 { close(descriptor) }
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        append(bytes)
    }
}
