/// The one pass over a JSON text that finds the nodes of a ``JSONIndex``. Every function that takes something answers
/// false for a text that the index does not take. The caller keeps the bytes alive.
struct JSONScan {
    private(set) var nodes: [JSONIndex.Node] = []
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    private static let deepest = 32
    private static let mostMembers = 64

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        nodes.reserveCapacity(40)
    }

    mutating func takeDocument() -> Bool {
        var validator = UTF8Validator()
        guard bytes.count <= UInt32.max, validator.consume(bytes), validator.isAtBoundary, takeValue(depth: 0)
        else { return false }
        skipBlanks()
        return position == bytes.count
    }

    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipBlanks() {
        while current == 0x20 || current == 0x0A || current == 0x0D || current == 0x09 { position += 1 }
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard current == UInt8(ascii: sign) else { return false }
        position += 1
        return true
    }

    private mutating func takeValue(depth: Int) -> Bool {
        skipBlanks()
        switch current {
        case UInt8(ascii: "\""): return takeString()
        case UInt8(ascii: "{"): return takeContainer(.object, closing: "}", depth: depth)
        case UInt8(ascii: "["): return takeContainer(.array, closing: "]", depth: depth)
        case UInt8(ascii: "t"): return takeWord("true", .bool(true))
        case UInt8(ascii: "f"): return takeWord("false", .bool(false))
        case UInt8(ascii: "n"): return takeWord("null", .null)
        default: return takeNumber()
        }
    }

    /// - Returns: false when there are as many nodes as may be.
    private mutating func add(_ kind: JSONIndex.Kind, at range: Range<Int>, hasEscape: Bool = false) -> Bool {
        guard nodes.count < JSONIndex.mostNodes else { return false }
        nodes.append(JSONIndex.Node(kind, at: range, hasEscape: hasEscape, next: nodes.count + 1))
        return true
    }

    private mutating func takeWord(_ word: StaticString, _ kind: JSONIndex.Kind) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[position..<end].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { return false }
        defer { position = end }
        return add(kind, at: position..<end)
    }

    private mutating func takeContainer(_ kind: JSONIndex.Kind, closing: Unicode.Scalar, depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        let (own, start) = (nodes.count, position)
        guard add(kind, at: start..<start) else { return false }
        position += 1
        if !take(closing) {
            var count = 0
            repeat {
                count += 1
                if kind == .object, !takeName(number: count, of: own) { return false }
                guard takeValue(depth: depth + 1) else { return false }
            } while take(",")
            guard take(closing) else { return false }
        }
        nodes[own] = JSONIndex.Node(kind, at: start..<position, next: nodes.count)
        return true
    }

    /// - Parameters:
    ///   - number: of the member in its object, from 1.
    ///   - object: where among the nodes the object stands.
    private mutating func takeName(number: Int, of object: Int) -> Bool {
        skipBlanks()
        guard number <= Self.mostMembers, current == UInt8(ascii: "\""), takeString() else { return false }
        let own = nodes.count - 1
        return !nodes[own].hasEscape && isNew(own, in: object) && take(":")
    }

    /// Whether no member of the object in front of this one has its name.
    private func isNew(_ name: Int, in object: Int) -> Bool {
        var other = object + 1
        while other < name {
            if isSame(other, name) { return false }
            other = nodes[other + 1].next
        }
        return true
    }

    private func isSame(_ one: Int, _ other: Int) -> Bool {
        let (one, other) = (nodes[one], nodes[other])
        return one.range.count == other.range.count && bytes[one.range].elementsEqual(bytes[other.range])
    }

    private mutating func takeString() -> Bool {
        let start = position + 1
        var hasEscape = false
        position = start
        while true {
            position = JSONBytes.firstSpecial(in: bytes, from: position)
            switch current {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return add(.string, at: start..<position, hasEscape: hasEscape)
            case UInt8(ascii: "\\"):
                hasEscape = true
                guard takeEscape() else { return false }
            default: return false
            }
        }
    }

    private mutating func takeEscape() -> Bool {
        position += 2
        switch position <= bytes.count ? bytes[position - 1] : 0 {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            let digits = bytes[position...].prefix(4).compactMap(ASCII.hexValue)
            position += 4
            // Surrogates come in pairs, or not at all.
            return digits.count == 4 && !(digits[0] == 0xD && digits[1] >= 8)
        default: return false
        }
    }

    private mutating func takeDigits() -> Bool {
        let start = position
        while (0x30...0x39).contains(current) { position += 1 }
        return position > start
    }

    private mutating func takeNumber() -> Bool {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let first = position
        guard takeDigits(), bytes[first] != 0x30 || position == first + 1 else { return false }
        if current == UInt8(ascii: ".") {
            position += 1
            guard takeDigits() else { return false }
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard takeDigits() else { return false }
        }
        return add(.number, at: start..<position)
    }
}

// MARK: How much there is

extension JSONScan {
    static let mostSeparators = 1 << 18

    static func hasFewSeparators(_ text: UnsafeRawBufferPointer) -> Bool {
        var (count, position) = (0, 0)
        while position < text.count, count <= mostSeparators {
            switch text[position] {
            case UInt8(ascii: "\""): position = endOfString(in: text, from: position + 1)
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"): count += 1
            default: break
            }
            position += 1
        }
        return count <= mostSeparators
    }

    /// Where the closing quote stands, or the end.
    private static func endOfString(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while true {
            position = JSONBytes.firstSpecial(in: text, from: position)
            guard position < text.count, text[position] != UInt8(ascii: "\"") else { return position }
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
    }
}

/// What bytes mean inside a JSON string (RFC 8259 §7).
enum JSONBytes {
    /// Where the first quote, backslash or control character stands from `start` on; the end where there is none. It checks
    /// eight bytes at a time.
    static func firstSpecial(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while position + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let found = special(in: UInt64(littleEndian: word))
            if found != 0 { return position + found.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < bytes.count, !isSpecial(bytes[position]) { position += 1 }
        return position
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// The highest bit of each of eight bytes that is special, as far as the first of them: where a byte is zero, taking
    /// one from it borrows, and what comes behind says nothing.
    private static func special(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones * 0x22)
        let backslash = word ^ (ones * 0x5C)
        let found =
            (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones * 0x20) & ~word
        return found & (ones << 7)
    }
}
