/// A key and its value.
package struct JSON5Member: Equatable, Sendable {
    package let key: String
    package let keyRange: Range<Int>
    package let node: JSON5Node
}

/// A value of a document with the span of bytes that it came from.
package struct JSON5Node: Equatable, Sendable {
    package indirect enum Value: Equatable, Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([JSON5Node])
        /// Members in the order of the text, duplicate keys included.
        case object([JSON5Member])
    }

    package let value: Value
    /// Offsets into the document's bytes.
    package let range: Range<Int>

    /// The member under `key`; of duplicates the last one counts, as for JavaScript.
    package subscript(key: String) -> JSON5Node? {
        guard case .object(let members) = value else { return nil }
        // By code points: for Swift's == a letter and its decomposed form are one.
        return members.last { $0.key.utf8.elementsEqual(key.utf8) }?.node
    }

    /// The value at a path of keys, nil where a step is missing.
    package subscript(path path: String...) -> JSON5Node? { self[path: path] }

    package subscript(path path: [String]) -> JSON5Node? {
        path.reduce(self as JSON5Node?) { $0?[$1] }
    }

    package var string: String? { if case .string(let text) = value { text } else { nil } }
    package var number: Double? { if case .number(let number) = value { number } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = value { flag } else { nil } }
    package var elements: [JSON5Node]? { if case .array(let nodes) = value { nodes } else { nil } }
}
