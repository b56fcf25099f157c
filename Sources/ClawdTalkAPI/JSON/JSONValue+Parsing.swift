import Foundation
import JSON5
import Wire

extension JSONValue {
    /// The value of a JSON text (RFC 8259); of duplicate members the last one counts.
    /// - Returns: nil when the text is not JSON, is larger than 8 MiB, nests deeper than 256 levels or has hundreds of
    ///   thousands of values (``JSONIndex/hasFewValues(_:)``).
    package init?(parsing text: some Sequence<UInt8>) {
        let bytes = Array(text)
        // The one reader is strict but for a last comma, the other keeps what was written.
        guard JSONIndex.hasFewValues(bytes),
            (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil,
            let document = try? JSON5Document(parsing: bytes), !Self.hasLastComma(document.root, in: bytes)
        else { return nil }
        self.init(document.root, of: bytes)
    }

    package init?(parsing text: String) { self.init(parsing: text.utf8) }

    /// The value of a text that is JSON, or what other programs take for it: `NaN`, `Infinity`, comments (JSON5).
    /// - Parameter maximumBytes: of the text; it may have a value for 32 of them, as files of our own have at most.
    package init?(parsingLenient bytes: [UInt8], maximumBytes: Int) {
        let maximumValues = max(JSON5Document.maximumValues, maximumBytes / 32)
        guard
            let document = try? JSON5Document(
                parsing: bytes, maximumBytes: maximumBytes, maximumValues: maximumValues)
        else {
            return nil
        }
        self.init(document.root, of: bytes)
    }

    /// Whether a comma stands behind the last element of anything in the node.
    private static func hasLastComma(_ node: JSON5Node, in bytes: [UInt8]) -> Bool {
        let nodes: [JSON5Node] =
            switch node.value {
            case .array(let nodes): nodes
            case .object(let members): members.map(\.node)
            default: []
            }
        guard let last = nodes.last else { return false }
        return bytes[last.range.upperBound..<node.range.upperBound].contains(UInt8(ascii: ","))
            || nodes.contains { hasLastComma($0, in: bytes) }
    }

    private init(_ node: JSON5Node, of bytes: [UInt8]) {
        switch node.value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number: self = .number(String(decoding: bytes[node.range], as: UTF8.self))
        case .string(let text): self = .string(text)
        case .array(let nodes): self = .array(nodes.map { JSONValue($0, of: bytes) })
        case .object(let members):
            var positions: [String: Int] = [:]
            var kept: [Member] = []
            for member in members {
                let value = JSONValue(member.node, of: bytes)
                if let position = positions[member.key] {
                    kept[position].value = value
                } else {
                    positions[member.key] = kept.count
                    kept.append(Member(member.key, value))
                }
            }
            self = .object(kept)
        }
    }
}
