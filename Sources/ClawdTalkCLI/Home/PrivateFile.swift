import Foundation
import Storage

/// A file of our own in CLAWDTALK_HOME: read as a whole, replaced as a whole, for its owner only (0600).
struct PrivateFile {
    let path: String

    /// - Returns: nil when there is none.
    func read() throws(StorageFailure) -> FileSnapshot? { try FileSnapshot.read(path) }

    /// The value in a JSON file; nil when there is none, or none that can be read.
    func decode<Value: Decodable>(_ type: Value.Type) -> Value? {
        guard let bytes = (try? read())?.bytes else { return nil }
        return try? JSONDecoder().decode(type, from: Data(bytes))
    }

    /// Replaces the file, provided that it still is what was read.
    func write(_ bytes: [UInt8], over old: FileSnapshot?) throws(StorageFailure) {
        var replacement = FileReplacement(of: path, expecting: old.map { .unchanged($0) } ?? .absent)
        replacement.mode = 0o600
        do throws(StorageFailure) {
            try replacement.write(bytes)
        } catch {
            // Another run with the same answers may have been first.
            guard error.reason == .changed, try read()?.bytes == bytes else { throw error }
        }
    }

    /// Puts back what was read.
    func restore(_ old: FileSnapshot?) throws(StorageFailure) {
        guard let old else { return remove() }
        try write(old.bytes, over: try read())
    }

    /// Writes a value as JSON over whatever is there.
    func encode(_ value: some Encodable) throws(StorageFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Values of our own always encode.
        guard let data = try? encoder.encode(value) else { return }
        try write(Array(data) + [0x0A], over: try read())
    }

    func remove() { unlink(path) }
}
