extension JSONValue {
    /// In one line, as a request's body.
    package var compactText: String { text(indent: nil, isASCII: false) }
    /// With two blanks a level, for people.
    package var prettyText: String { text(indent: 0, isASCII: false) }
    /// As the state file has it (shared/spec/rest-api.md 4): two blanks a level, everything but ASCII escaped.
    package var stateText: String { text(indent: 0, isASCII: true) }

    private func text(indent: Int?, isASCII: Bool) -> String {
        var text = ""
        write(to: &text, indent: indent, isASCII: isASCII)
        return text
    }

    private func write(to text: inout String, indent: Int?, isASCII: Bool) {
        switch self {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): Self.write(string, to: &text, isASCII: isASCII)
        case .array(let elements):
            Self.write(elements, between: ("[", "]"), to: &text, indent: indent) {
                $0.write(to: &$1, indent: $2, isASCII: isASCII)
            }
        case .object(let members):
            Self.write(members, between: ("{", "}"), to: &text, indent: indent) {
                Self.write($0.key, to: &$1, isASCII: isASCII)
                $1 += indent == nil ? ":" : ": "
                $0.value.write(to: &$1, indent: $2, isASCII: isASCII)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], between brackets: (String, String), to text: inout String, indent: Int?,
        each: (Item, inout String, Int?) -> Void
    ) {
        text += brackets.0
        let inner = indent.map { $0 + 2 }
        for (position, item) in items.enumerated() {
            if position > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            each(item, &text, inner)
        }
        if let indent, !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
        text += brackets.1
    }

    private static func write(_ string: String, to text: inout String, isASCII: Bool) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{08}": text += "\\b"
            case "\u{0C}": text += "\\f"
            case let scalar
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (isASCII && !scalar.isASCII):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
