/// Writes values as text in a style.
struct JSON5Writer {
    let style: JSON5Style

    /// - Parameter indentation: of the line in which the value begins.
    func value(_ value: JSON5Value, indentation: [UInt8]) -> [UInt8] {
        switch value {
        case .null: Array("null".utf8)
        case .bool(let flag): Array(flag ? "true".utf8 : "false".utf8)
        case .number(let number): Array(Self.number(number).utf8)
        case .string(let text): string(text)
        case .array(let elements):
            container(
                "[", "]", isSpread: style.isSpread && elements.contains(where: Self.isContainer), indentation
            ) {
                inner in elements.map { self.value($0, indentation: inner) }
            }
        case .object(let members):
            container("{", "}", isSpread: style.isSpread, indentation) { inner in
                members.map { member($0.key, $0.value, indentation: inner) }
            }
        }
    }

    /// A key, a colon and a value.
    func member(_ key: String, _ value: JSON5Value, indentation: [UInt8]) -> [UInt8] {
        let isBare = style.hasBareKeys && Self.isPlainIdentifier(key)
        return (isBare ? Array(key.utf8) : string(key)) + Array(style.isCompact ? ":".utf8 : ": ".utf8)
            + self.value(value, indentation: indentation)
    }

    private func container(
        _ open: String, _ close: String, isSpread: Bool, _ indentation: [UInt8],
        items: ([UInt8]) -> [[UInt8]]
    ) -> [UInt8] {
        let inner = isSpread ? indentation + style.unit : indentation
        let texts = items(inner)
        guard !texts.isEmpty else { return Array((open + close).utf8) }
        if isSpread {
            let lines = texts.joined(separator: [UInt8(ascii: ",")] + style.lineEnd + inner)
            return Array(open.utf8) + style.lineEnd + inner + lines
                + (style.hasTrailingCommas ? [UInt8(ascii: ",")] : []) + style.lineEnd + indentation
                + Array(close.utf8)
        }
        let padding: [UInt8] = open == "{" && style.isPadded && !style.isCompact ? [0x20] : []
        let separator = Array(style.isCompact ? ",".utf8 : ", ".utf8)
        return Array(open.utf8) + padding + texts.joined(separator: separator) + padding + Array(close.utf8)
    }

    /// Line ends of JavaScript, and what is not seen or taken for the mark of a byte order.
    private static let escaped: Set<Unicode.Scalar> = ["\u{7F}", "\u{2028}", "\u{2029}", "\u{FEFF}"]

    /// A text in the style's quotes, escaped as JSON wants it.
    func string(_ text: String) -> [UInt8] {
        var result = [style.quote]
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\".utf8
            case "\n": result += "\\n".utf8
            case "\r": result += "\\r".utf8
            case "\t": result += "\\t".utf8
            case _ where scalar.value == UInt32(style.quote): result += [UInt8(ascii: "\\"), style.quote]
            case _ where scalar.value < 0x20 || Self.escaped.contains(scalar):
                let digits = String(scalar.value, radix: 16)
                result += "\\u".utf8
                result += String(repeating: "0", count: 4 - digits.count).utf8
                result += digits.utf8
            default: result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        return result + [style.quote]
    }

    private static func number(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        if let whole = Int(exactly: number) { return String(whole) }
        return String(number)
    }

    private static func isContainer(_ value: JSON5Value) -> Bool {
        switch value {
        case .array, .object: true
        default: false
        }
    }

    private static func isPlainIdentifier(_ key: String) -> Bool {
        guard let first = key.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return key.utf8.allSatisfy {
            $0 == 0x24 || $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                || (0x61...0x7A).contains($0)
        }
    }
}
