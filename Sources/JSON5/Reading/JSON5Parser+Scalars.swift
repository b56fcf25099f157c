extension JSON5Parser {
    /// A string in either kind of quotes (JSON5 §5).
    mutating func parseString() throws(JSON5Fault) -> String {
        let start = position
        let quote = bytes[position]
        position += 1
        var text: [UInt8] = []
        while let byte = current, byte != quote {
            if byte == UInt8(ascii: "\\") {
                position += 1
                try parseEscape(into: &text)
            } else {
                guard byte != 0x0A, byte != 0x0D else { throw error("a line end inside a string") }
                text.append(byte)
                position += 1
            }
        }
        guard current == quote else { throw error("a string without end", at: start) }
        position += 1
        // As it is written: without its backslashes a broken text may well be whole.
        guard String(validating: bytes[start..<position], as: UTF8.self) != nil else {
            throw error("not UTF-8", at: start)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSON5Fault) {
        if let length = lineEndLength(at: position) {
            position += length  // a line continuation stands for nothing
            return
        }
        guard let byte = current else { throw error("the text ends inside a string") }
        switch byte {
        case UInt8(ascii: "u"):
            text += Array(String(Character(try parseUnicodeEscape())).utf8)
            return
        case UInt8(ascii: "x"):
            position += 1
            text += Array(String(Character(Unicode.Scalar(UInt8(try parseHex(digits: 2))))).utf8)
            return
        case UInt8(ascii: "0"):
            position += 1
            if let next = current, (0x30...0x39).contains(next) { throw error("an octal escape") }
            text.append(0)
            return
        case UInt8(ascii: "1")...UInt8(ascii: "9"): throw error("an octal escape")
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "v"): text.append(0x0B)
        default: text.append(byte)  // any other character stands for itself; the rest of its bytes follow
        }
        position += 1
    }

    /// `uXXXX`, with the second half of a surrogate pair. A half without its other becomes U+FFFD.
    private mutating func parseUnicodeEscape() throws(JSON5Fault) -> Unicode.Scalar {
        position += 1
        let unit = try parseHex(digits: 4)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, bytes[position...].starts(with: "\\u".utf8) else { return "\u{FFFD}" }
        let resume = position
        position += 2
        let low = try parseHex(digits: 4)
        guard (0xDC00...0xDFFF).contains(low) else {
            position = resume
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func parseHex(digits: Int) throws(JSON5Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let byte = current, let digit = Self.hexDigit(byte) else {
                throw error("a hexadecimal digit is missing")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// A number (JSON5 §6): sign, hexadecimal, leading or trailing point, Infinity, NaN.
    mutating func parseNumber() throws(JSON5Fault) -> Double {
        let start = position
        var sign = 1.0
        if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") {
            if current == UInt8(ascii: "-") { sign = -1 }
            position += 1
        }
        let magnitude: Double
        if bytes[position...].starts(with: "Infinity".utf8) {
            position += 8
            magnitude = .infinity
        } else if bytes[position...].starts(with: "NaN".utf8) {
            position += 3
            magnitude = .nan
        } else if bytes[position...].starts(with: "0x".utf8) || bytes[position...].starts(with: "0X".utf8) {
            position += 2
            magnitude = try parseHexNumber()
        } else {
            magnitude = try parseDecimal(from: start)
        }
        if try startsIdentifierPart() { throw error("not a number", at: start) }
        return sign * magnitude
    }

    private mutating func parseHexNumber() throws(JSON5Fault) -> Double {
        let start = position
        while let byte = current, Self.hexDigit(byte) != nil { position += 1 }
        // Swift's own reader rounds once, at the end.
        guard let value = Double("0x" + String(decoding: bytes[start..<position], as: UTF8.self)) else {
            throw error("a hexadecimal digit is missing")
        }
        return value
    }

    private mutating func parseDecimal(from numberStart: Int) throws(JSON5Fault) -> Double {
        let start = position
        let whole = skipDigits()
        if whole > 1, bytes[start] == UInt8(ascii: "0") {
            throw error("a number with a leading zero", at: numberStart)
        }
        var fraction = 0
        if current == UInt8(ascii: ".") {
            position += 1
            fraction = skipDigits()
        }
        guard whole + fraction > 0 else { throw error("not a number", at: numberStart) }
        let mantissaEnd = position
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw error("an exponent without digits") }
        }
        // Swift's own reader wants digits on both sides of the point.
        let mantissa = String(decoding: bytes[start..<mantissaEnd], as: UTF8.self)
        let padded = (mantissa.hasPrefix(".") ? "0" : "") + mantissa + (mantissa.hasSuffix(".") ? "0" : "")
        let text = padded + String(decoding: bytes[mantissaEnd..<position], as: UTF8.self)
        guard let value = Double(text) else { throw error("not a number", at: numberStart) }
        return value
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        return position - start
    }

    /// An unquoted key: an ECMAScript 5.1 IdentifierName, escapes included (JSON5 §3.1).
    mutating func parseIdentifier() throws(JSON5Fault) -> String {
        var name = String.UnicodeScalarView()
        while let (scalar, length) = position < bytes.count ? scalar(at: position) : nil {
            let start = position
            if scalar == "\\" {
                position += 1
                guard current == UInt8(ascii: "u") else { throw error("an escape that is not \\u in a key") }
                let escaped = try parseUnicodeEscape()
                guard Self.isIdentifier(escaped, first: name.isEmpty) else {
                    throw error("not a key", at: start)
                }
                name.append(escaped)
            } else {
                guard Self.isIdentifier(scalar, first: name.isEmpty) else { break }
                name.append(scalar)
                position += length
            }
        }
        guard !name.isEmpty else {
            throw error(current == nil ? "the text ends inside an object" : "a key is expected")
        }
        return String(name)
    }

    /// Whether the text goes on as a word, so that `true1` is not `true`.
    func startsIdentifierPart() throws(JSON5Fault) -> Bool {
        guard position < bytes.count, let (scalar, _) = scalar(at: position) else { return false }
        return scalar == "\\" || Self.isIdentifier(scalar, first: false)
    }

    private static func isIdentifier(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        switch scalar {
        case "$", "_", "a"..."z", "A"..."Z": return true
        case "0"..."9", "\u{200C}", "\u{200D}": return !first
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .letterNumber:
            return true
        case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return !first
        default: return false
        }
    }
}
