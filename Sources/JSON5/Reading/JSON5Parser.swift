/// A recursive-descent parser over bytes.
struct JSON5Parser {
    let bytes: [UInt8]
    var position = 0
    private var depth = 0
    private let maximumValues: Int
    private var valueCount = 0

    init(bytes: [UInt8], maximumValues: Int = JSON5Document.maximumValues) {
        (self.bytes, self.maximumValues) = (bytes, maximumValues)
    }

    mutating func parseDocument() throws(JSON5Fault) -> JSON5Node {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        try skipSpace()
        let node = try parseValue()
        try skipSpace()
        guard position == bytes.count else { throw error("text after the end of the value") }
        return node
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    func error(_ message: String, at offset: Int? = nil) -> JSON5Fault {
        let end = min(offset ?? position, bytes.count)
        var (line, lineStart, index) = (1, 0, 0)
        while index < end {
            if let length = lineEndLength(at: index), index + length <= end {
                index += length
                (line, lineStart) = (line + 1, index)
            } else {
                index += 1
            }
        }
        return JSON5Fault(message: message, line: line, column: end - lineStart + 1)
    }

    mutating func parseValue() throws(JSON5Fault) -> JSON5Node {
        depth += 1
        defer { depth -= 1 }
        guard depth <= JSON5Document.maximumDepth else {
            throw error("values nest deeper than \(JSON5Document.maximumDepth)")
        }
        valueCount += 1
        guard valueCount <= maximumValues else { throw error("more than \(maximumValues) values") }
        let start = position
        let value: JSON5Node.Value
        guard let first = current else { throw error("the text ends where a value is expected") }
        switch first {
        case UInt8(ascii: "{"): value = .object(try parseMembers())
        case UInt8(ascii: "["): value = .array(try parseElements())
        case UInt8(ascii: "\""), UInt8(ascii: "'"): value = .string(try parseString())
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            value = .number(try parseNumber())
        default: value = try parseWord()
        }
        return JSON5Node(value: value, range: start..<position)
    }

    private mutating func parseWord() throws(JSON5Fault) -> JSON5Node.Value {
        let start = position
        let words: [(String, JSON5Node.Value)] = [
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)), ("Infinity", .number(.infinity)),
            ("NaN", .number(.nan)),
        ]
        for (word, value) in words where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            if try !startsIdentifierPart() { return value }
            break
        }
        throw error("not a value", at: start)
    }

    private mutating func parseMembers() throws(JSON5Fault) -> [JSON5Member] {
        position += 1
        var members: [JSON5Member] = []
        try skipSpace()
        while current != UInt8(ascii: "}") {
            let keyStart = position
            let key = try parseKey()
            let keyRange = keyStart..<position
            try skipSpace()
            guard current == UInt8(ascii: ":") else { throw error("a colon is missing after the key") }
            position += 1
            try skipSpace()
            members.append(JSON5Member(key: key, keyRange: keyRange, node: try parseValue()))
            guard try skipComma(before: UInt8(ascii: "}")) else { break }
        }
        position += 1
        return members
    }

    private mutating func parseElements() throws(JSON5Fault) -> [JSON5Node] {
        position += 1
        var elements: [JSON5Node] = []
        try skipSpace()
        while current != UInt8(ascii: "]") {
            elements.append(try parseValue())
            guard try skipComma(before: UInt8(ascii: "]")) else { break }
        }
        position += 1
        return elements
    }

    /// Stands after a comma (true) or on the closing bracket (false).
    private mutating func skipComma(before close: UInt8) throws(JSON5Fault) -> Bool {
        try skipSpace()
        if current == close { return false }
        guard current == UInt8(ascii: ",") else {
            throw error(current == nil ? "the text ends inside a value" : "a comma is missing")
        }
        position += 1
        try skipSpace()
        return true
    }

    private mutating func parseKey() throws(JSON5Fault) -> String {
        if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") { return try parseString() }
        return try parseIdentifier()
    }
}
