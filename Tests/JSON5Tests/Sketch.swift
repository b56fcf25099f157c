@testable import JSON5

/// A document's value without spans, to compare and to write down.
indirect enum Sketch: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([Sketch])
    case object([Pair])

    struct Pair: Equatable, Sendable {
        let key: String
        let value: Sketch

        init(_ key: String, _ value: Sketch) {
            self.key = key
            self.value = value
        }
    }

    init(_ node: JSON5Node) {
        self =
            switch node.value {
            case .null: .null
            case .bool(let flag): .bool(flag)
            case .number(let number): .number(number)
            case .string(let text): .string(text)
            case .array(let nodes): .array(nodes.map { Sketch($0) })
            case .object(let members): .object(members.map { Pair($0.key, Sketch($0.node)) })
            }
    }

    init(parsing text: String) throws(JSON5Fault) { self = Sketch(try JSON5Document(parsing: text).root) }
}

extension Sketch: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: Sketch...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, Sketch)...) {
        self = .object(elements.map { Pair($0.0, $0.1) })
    }
    init(nilLiteral: ()) { self = .null }
}
