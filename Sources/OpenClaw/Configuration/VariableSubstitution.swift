import JSON5

/// `${NAME}` in the texts of openclaw.json (shared/spec/gateway.md C4): NAME is `[A-Z_][A-Z0-9_]*`, `$${NAME}`
/// stands for `${NAME}` itself, and what has no value stays as it is.
struct VariableSubstitution {
    /// The value of an environment variable as OpenClaw would see it.
    let variable: (String) -> String?

    /// A text that stands for itself after ``apply(to:)``.
    static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if reference(rest) != nil { result.append(UInt8(ascii: "$")) }
            result.append(byte)
            rest = rest.dropFirst()
        }
        return String(decoding: result, as: UTF8.self)
    }

    func apply(to value: JSON5Value) -> JSON5Value {
        switch value {
        case .string(let text): .string(apply(to: text))
        case .array(let elements): .array(elements.map(apply))
        case .object(let members): .object(members.map { ($0.key, apply(to: $0.value)) })
        default: value
        }
    }

    func apply(to text: String) -> String {
        guard text.contains("${") else { return text }
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if let (name, length) = Self.reference(rest) {
                result += variable(name).map { Array($0.utf8) } ?? Array(rest.prefix(length))
                rest = rest.dropFirst(length)
            } else if byte == UInt8(ascii: "$"), let (_, length) = Self.reference(rest.dropFirst()) {
                result += rest.dropFirst().prefix(length)
                rest = rest.dropFirst(length + 1)
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The name in a text that begins with a reference, and the reference's length.
    private static func reference(_ bytes: ArraySlice<UInt8>) -> (name: String, length: Int)? {
        guard bytes.starts(with: "${".utf8) else { return nil }
        let name = bytes.dropFirst(2).prefix {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
        }
        guard let first = name.first, !(0x30...0x39).contains(first),
            bytes[name.endIndex...].first == UInt8(ascii: "}")
        else { return nil }
        return (String(decoding: name, as: UTF8.self), name.count + 3)
    }
}
