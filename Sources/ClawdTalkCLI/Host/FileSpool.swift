import Bridge
import Foundation
import Logging
import Storage

/// A spool in a folder of its own, written off the loop in the order of the saves. Loop only.
final class FileSpool<Entry: SpoolEntry>: Spool {
    private let folder: SpoolFolder<Entry>
    private let storage: LoopStorage

    init(_ path: String, storage: LoopStorage, log: Logger) {
        (folder, self.storage) = (SpoolFolder(path, log: log), storage)
    }

    /// To be called while the storage is idle: what an earlier bridge of this process wrote is there then.
    func load() -> [Entry] { folder.load() }

    func save(_ entry: Entry, then completion: @escaping (Result<Void, any Error>) -> Void) {
        let folder = folder
        storage.perform({ Result { try folder.save(entry) } }, then: completion)
    }

    func remove(_ number: Int) {
        let folder = folder
        storage.perform { folder.remove(number) }
    }
}

/// The folder of a spool (0700): a file an entry (0600), named by the entry's number and replaced as a whole.
///
/// A file that cannot be read is set aside as `*.damaged` and named in the log; the others are worked on. The instance
/// lock of CLAWDTALK_HOME is held: nobody else is in the folder.
struct SpoolFolder<Entry: SpoolEntry>: Sendable {
    private let folder: String
    private let log: Logger

    init(_ folder: String, log: Logger) { (self.folder, self.log) = (folder, log) }

    func load() -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var entries: [Entry] = []
        for name in names {
            let file = PrivateFile(path: folder + "/" + name)
            if name.hasPrefix("."), name.hasSuffix(".clawdtalk.tmp") { file.remove() }
            guard name.hasSuffix(".json"), !name.hasPrefix(".") else { continue }
            if let entry = file.decode(Entry.self), self.file(entry.number).path == file.path {
                entries.append(entry)
            } else {
                setAside(name)
            }
        }
        return entries.sorted { $0.number < $1.number }
    }

    func save(_ entry: Entry) throws {
        if !FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        try file(entry.number).encode(entry)
    }

    func remove(_ number: Int) { file(number).remove() }

    private func file(_ number: Int) -> PrivateFile {
        let digits = String(number)
        let name = String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".json"
        return PrivateFile(path: folder + "/" + name)
    }

    private func setAside(_ name: String) {
        var target = name + ".damaged"
        var count = 1
        while FileManager.default.fileExists(atPath: folder + "/" + target) {
            count += 1
            target = "\(name).damaged-\(count)"
        }
        rename(folder + "/" + name, folder + "/" + target)
        log.error(
            "a file of the spool is damaged and was set aside", metadata: ["file": "\(folder)/\(target)"])
    }
}
