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
