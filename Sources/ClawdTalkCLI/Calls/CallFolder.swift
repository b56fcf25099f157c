import Bridge
import Foundation
import Wire

/// The calls that are kept: a JSON Lines file each in `calls/` of CLAWDTALK_HOME, for its owner only.
struct CallFolder {
    let path: String

    /// A call that was kept.
    struct Entry {
        /// As `calls show` takes it.
        let id: String
        let path: String
        let modified: Date
    }

    /// The newest first.
    func entries() -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { name -> Entry? in
            guard name.hasSuffix(Self.suffix) else { return nil }
            let file = path + "/" + name
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            guard let modified = attributes?[.modificationDate] as? Date else { return nil }
            let id = PercentEncoding.decode(name.dropLast(Self.suffix.count))
            return Entry(id: id, path: file, modified: modified)
        }
        .sorted { ($0.modified, $0.id) > ($1.modified, $1.id) }
    }

    /// The lines of a call; what cannot be read of a file that was cut is left out.
    func lines(of entry: Entry) -> [CallLine] {
        let bytes = FileManager.default.contents(atPath: entry.path) ?? Data()
        let decoder = JSONDecoder()
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
            try? decoder.decode(CallLine.self, from: Data($0))
        }
    }

    /// Adds a line to a call's file. - Returns: false when it cannot be written.
    func append(_ line: CallLine) -> Bool {
        if mkdir(path, 0o700) != 0, errno != EEXIST { return false }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return false }
        let descriptor = open(filePath(line.call), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let bytes = Array(data) + [0x0A]
        return write(descriptor, bytes, bytes.count) == bytes.count
    }

    /// Removes the calls that nobody touched for so long.
    func removeOlder(thanDays days: Int) {
        let date = Date(timeIntervalSinceNow: -Double(days) * 86_400)
        for entry in entries() where entry.modified < date { unlink(entry.path) }
    }

    private static let suffix = ".jsonl"

    /// An id becomes a name that no folder is harmed by: no slash, no leading dot, at most 200 bytes.
    private func filePath(_ call: String) -> String {
        let name = PercentEncoding.encode(call).replacing(/^\./, with: "%2E")
        return path + "/" + name.prefix(200) + Self.suffix
    }
}
