extension JSON5Parser {
    /// Skips white space, line ends and comments (JSON5 §7, §8).
    mutating func skipSpace() throws(JSON5Fault) {
        skipBlanks()
        while current == UInt8(ascii: "/") {
            try skipComment()
            skipBlanks()
        }
    }

    /// Skips white space and line ends.
    mutating func skipBlanks() {
        while let byte = current, let length = spaceLength(byte) { position += length }
    }

    /// The length of the white space at the position, or nil: ASCII blanks, U+00A0, U+FEFF, U+2028, U+2029
    /// and the category Zs.
    private func spaceLength(_ byte: UInt8) -> Int? {
        if byte == 0x20 || (0x09...0x0D).contains(byte) { return 1 }
        guard byte >= 0x80, let (scalar, length) = scalar(at: position) else { return nil }
        let isSpace =
            scalar == "\u{FEFF}" || scalar == "\u{2028}" || scalar == "\u{2029}"
            || scalar.properties.generalCategory == .spaceSeparator
        return isSpace ? length : nil
    }

    mutating func skipComment() throws(JSON5Fault) {
        let start = position
        switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
        case UInt8(ascii: "/"):
            while position < bytes.count, lineEndLength(at: position) == nil { position += 1 }
        case UInt8(ascii: "*"):
            position += 2
            while !isCommentEnd(at: position) {
                guard position < bytes.count else { throw error("a comment without end", at: start) }
                position += 1
            }
            position += 2
        default: throw error("a lone slash")
        }
        guard String(validating: bytes[start..<position], as: UTF8.self) != nil else {
            throw error("not UTF-8", at: start)
        }
    }

    private func isCommentEnd(at offset: Int) -> Bool {
        offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: "*")
            && bytes[offset + 1] == UInt8(ascii: "/")
    }

    /// The length of the line end at `offset`: LF, CR, CRLF, U+2028 or U+2029.
    func lineEndLength(at offset: Int) -> Int? {
        guard offset < bytes.count else { return nil }
        switch bytes[offset] {
        case 0x0A: return 1
        case 0x0D: return offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? 2 : 1
        case 0xE2:
            guard offset + 2 < bytes.count, bytes[offset + 1] == 0x80 else { return nil }
            return bytes[offset + 2] == 0xA8 || bytes[offset + 2] == 0xA9 ? 3 : nil
        default: return nil
        }
    }

    /// The scalar at `offset` and its length in bytes; nil for bytes that are not UTF-8.
    func scalar(at offset: Int) -> (Unicode.Scalar, Int)? {
        var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
        var decoder = Unicode.UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }
}
