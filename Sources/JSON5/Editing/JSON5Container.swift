/// An object or array as its text lies there: its items, commas, lines and comments.
struct JSON5Container {
    let bytes: [UInt8]
    /// With both brackets.
    let range: Range<Int>
    /// The spans of the members (key to value) or elements.
    let items: [Range<Int>]

    /// nil for a node that is neither.
    init?(_ node: JSON5Node, in bytes: [UInt8]) {
        switch node.value {
        case .object(let members): items = members.map { $0.keyRange.lowerBound..<$0.node.range.upperBound }
        case .array(let elements): items = elements.map(\.range)
        default: return nil
        }
        self.bytes = bytes
        range = node.range
    }

    /// Between the brackets.
    var inside: Range<Int> { range.lowerBound + 1..<range.upperBound - 1 }
    var hasNewline: Bool { hasNewline(inside) }

    /// The offset of the comma after an item, nil for the last one without.
    func comma(after index: Int) -> Int? {
        var parser = JSON5Parser(bytes: bytes)
        parser.position = items[index].upperBound
        // The text was parsed before: only space and comments can come here.
        try? parser.skipSpace()
        return parser.current == UInt8(ascii: ",") ? parser.position : nil
    }

    var hasTrailingComma: Bool { !items.isEmpty && comma(after: items.count - 1) != nil }

    /// Whether an item begins on another line than what comes before it ends.
    func isOnOwnLine(_ index: Int) -> Bool {
        let start = index == 0 ? inside.lowerBound : items[index - 1].upperBound
        return hasNewline(start..<items[index].lowerBound)
    }

    /// Whether nothing stands between an item and the comma or bracket before it.
    func followsTightly(_ index: Int) -> Bool {
        let start = items[index].lowerBound
        return blankStart(before: start, lineEnds: true) == start
    }

    /// The blanks at the beginning of the line in which an offset lies.
    func indentation(at offset: Int) -> [UInt8] {
        Array(bytes[lineStart(offset)...].prefix { $0 == 0x20 || $0 == 0x09 })
    }

    func lineStart(_ offset: Int) -> Int {
        var start = offset
        while start > 0, !Self.isLineEnd(bytes[start - 1]) { start -= 1 }
        if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return min(3, offset) }
        return start
    }

    /// Without a look at the line itself, which may be the whole text.
    func isLineStart(_ offset: Int) -> Bool {
        offset == 0 || Self.isLineEnd(bytes[offset - 1])
            || (offset == 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    }

    /// Past the comments that follow an offset in its line.
    func endOfLineComments(after offset: Int) -> Int {
        var end = offset
        for comment in comments(after: offset) {
            guard !hasNewline(end..<comment.lowerBound) else { break }
            end = comment.upperBound
        }
        return end
    }

    /// The comments between an offset and the next token.
    func comments(after offset: Int) -> [Range<Int>] {
        var parser = JSON5Parser(bytes: bytes)
        parser.position = offset
        parser.skipBlanks()
        var comments: [Range<Int>] = []
        while parser.current == UInt8(ascii: "/") {
            let start = parser.position
            // The text was parsed before: only whole comments can come here.
            guard (try? parser.skipComment()) != nil else { break }
            comments.append(start..<parser.position)
            parser.skipBlanks()
        }
        return comments
    }

    /// The beginning of the blanks, and of line ends when asked for, before an offset.
    func blankStart(before offset: Int, lineEnds: Bool = false) -> Int {
        var start = offset
        while start > inside.lowerBound {
            let byte = bytes[start - 1]
            guard byte == 0x20 || byte == 0x09 || (lineEnds && Self.isLineEnd(byte)) else { break }
            start -= 1
        }
        return start
    }

    /// Past the blanks after an offset.
    func blankEnd(after offset: Int) -> Int {
        var end = offset
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        return end
    }

    func hasNewline(_ range: Range<Int>) -> Bool { bytes[range].contains(where: Self.isLineEnd) }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
