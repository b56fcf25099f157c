import ClawdTalkAPI
import Foundation
import JSON5
import Storage

/// skill-config.json as setup changes it: members are set or taken away, everything else stays as it is.
struct SkillConfigFile {
    let file: PrivateFile
    let old: FileSnapshot?
    /// As it was read; empty for a new one.
    let original: JSON5Document
    private(set) var document: JSON5Document
    /// What was there before, when it was no JSON object and is set aside.
    private(set) var isSetAside = false

    private static let empty = Array("{\n}\n".utf8)

    /// - Throws: ``StorageFailure``; a text that is not JSON comes back as a file that is not ``isReadable``.
    init(_ path: String) throws {
        file = PrivateFile(path: path)
        old = try file.read()
        let bytes = old.map(\.bytes).flatMap { $0.isEmpty ? nil : $0 } ?? Self.empty
        if Self.isObject(bytes), let document = try? JSON5Document(parsing: bytes) {
            self.document = document
        } else {
            document = try JSON5Document(parsing: Self.empty)
            isSetAside = true
        }
        original = document
    }

    /// The bridge reads plain JSON, so this must be no more than that.
    private static func isObject(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any]
    }

    /// The text of a key; nil when it is missing, empty or something else.
    subscript(key: ConfigurationKey) -> String? {
        document.root[key.name]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func set(_ key: ConfigurationKey, to value: String) throws(JSON5EditFailure) {
        guard document.root[key.name]?.string != value else { return }
        document = try document.applying(.set(.string(value), at: [key.name]))
    }

    mutating func remove(_ key: ConfigurationKey) throws(JSON5EditFailure) {
        guard document.root[key.name] != nil else { return }
        document = try document.applying(.removeMember([key.name]))
    }

    var isChanged: Bool { old.map { document.bytes != $0.bytes } ?? true }

    /// Whether others than the owner can read the file.
    var isExposed: Bool {
        guard let old else { return false }
        let mode = try? FileManager.default.attributesOfItem(atPath: old.path)[.posixPermissions] as? Int
        return (mode ?? 0) & 0o077 != 0
    }

    /// Writes the file, 0600. - Parameter stamp: for the name of what is set aside.
    func write(stamp: String) throws(StorageFailure) {
        guard isChanged || isExposed else { return }
        if isSetAside, let old {
            try PrivateFile(path: file.path + ".broken-\(stamp)").write(old.bytes, over: nil)
        }
        try file.write(document.bytes, over: old)
    }
}
