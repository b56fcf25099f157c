/// A value without a text: what an edit inserts, and what a text means.
///
/// Equality is that of meaning: of duplicate keys the last one counts, the order of members does not, NaN equals
/// NaN, and texts are equal by their code points.
package indirect enum JSON5Value: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON5Value])
    /// Keys and values in the order in which they are to be written.
    case object([(key: String, value: JSON5Value)])

    package static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b || (a.isNaN && b.isNaN)
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): lastOnes(a) == lastOnes(b)
        default: false
        }
    }

    private static func lastOnes(_ members: [(key: String, value: JSON5Value)]) -> [[UInt8]: JSON5Value] {
        Dictionary(members.map { (Array($0.key.utf8), $0.value) }) { _, last in last }
    }

    /// An array of texts.
    package static func strings(_ texts: [String]) -> Self { .array(texts.map { .string($0) }) }
}

extension JSON5Node {
    /// What the node means, without its spans.
    package var meaning: JSON5Value {
        switch value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number(let number): .number(number)
        case .string(let text): .string(text)
        case .array(let nodes): .array(nodes.map(\.meaning))
        case .object(let members): .object(members.map { ($0.key, $0.node.meaning) })
        }
    }
}

extension JSON5Value {
    /// The value under `key`; of duplicates the last one counts.
    package subscript(key: String) -> JSON5Value? {
        members?.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The value at a path of keys, nil where a step is missing.
    package subscript(path path: [String]) -> JSON5Value? {
        path.reduce(self as JSON5Value?) { $0?[$1] }
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var number: Double? { if case .number(let number) = self { number } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    package var elements: [JSON5Value]? { if case .array(let values) = self { values } else { nil } }
    package var members: [(key: String, value: JSON5Value)]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The texts among the elements of an array.
    package var strings: [String] { (elements ?? []).compactMap(\.string) }
}
