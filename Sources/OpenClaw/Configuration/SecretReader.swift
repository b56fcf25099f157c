import Foundation
import JSON5
import Storage

/// Reads a secret of openclaw.json: a text, or a reference to the environment or a file. What a program or
/// OpenClaw's own store holds is not read (shared/spec/gateway.md C5).
struct SecretReader {
    enum Secret: Equatable {
        case value(String)
        case absent
        /// Why it cannot be read, as the end of a sentence.
        case unreadable(String)
    }

    let configuration: OpenClawConfiguration

    func value(of node: JSON5Value) -> Secret {
        if let text = node.string { return value(ofText: text.trimmingCharacters(in: .whitespaces)) }
        guard let source = node["source"]?.string, let id = node["id"]?.string else { return .absent }
        switch source {
        case "env": return variable(id)
        case "file": return file(id, provider: node["provider"]?.string)
        default:
            return .unreadable("is kept in \(source == "exec" ? "another program" : "OpenClaw's own store")")
        }
    }

    private func value(ofText text: String) -> Secret {
        if text.isEmpty { return .absent }
        for prefix in ["$", "secretref-env:", "__env__:"] where text.hasPrefix(prefix) {
            let name = text.dropFirst(prefix.count)
            if !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) { return variable(String(name)) }
        }
        if text.hasPrefix("${"), text.hasSuffix("}") {
            return .unreadable("is \(text), which is not set here")
        }
        return .value(text)
    }

    private func variable(_ name: String) -> Secret {
        configuration.variable(name).map { .value($0) } ?? .unreadable("is ${\(name)}, which is not set here")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
    }

    /// A file that `secrets.providers` names: its whole text, or a JSON pointer (RFC 6901) into it.
    private func file(_ id: String, provider: String?) -> Secret {
        let secrets = configuration.value["secrets"]
        let name = provider ?? secrets?[path: ["defaults", "file"]]?.string ?? "default"
        guard let settings = secrets?[path: ["providers", name]], let path = settings["path"]?.string else {
            return .unreadable("is kept by \(name), which secrets.providers does not name")
        }
        let location = configuration.source.location
        let full = OpenClawLocation.expanded(path, home: location.home, location.stateFolder)
        guard let snapshot = try? configuration.source.read(full) else {
            return .unreadable("is in \(full), which cannot be read")
        }
        if settings["mode"]?.string == "singleValue" {
            let text = String(decoding: snapshot.bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
            return text.isEmpty ? .absent : .value(text)
        }
        let found = (try? JSON5Document(parsing: snapshot.bytes)).flatMap {
            Self.follow(id, in: $0.root.meaning)
        }
        return found?.string.map { .value($0) } ?? .unreadable("is not at \(id) of \(full)")
    }

    private static func follow(_ pointer: String, in value: JSON5Value) -> JSON5Value? {
        pointer.split(separator: "/").reduce(value as JSON5Value?) { value, step in
            let key = String(step).replacingOccurrences(of: "~1", with: "/")
                .replacingOccurrences(of: "~0", with: "~")
            if let elements = value?.elements {
                return Int(key).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            }
            return value?[key]
        }
    }
}
