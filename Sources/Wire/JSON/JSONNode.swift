/// One value in a ``JSONIndex``.
package struct JSONNode {
    let index: JSONIndex
    let position: Int

    private var node: JSONIndex.Node { index.nodes[position] }
    package var kind: JSONIndex.Kind { node.kind }

    /// The member of an object; nil where there is none, and in anything but an object.
    package subscript(name: String) -> JSONNode? {
        guard kind == .object else { return nil }
        let count = name.utf8.count
        var member = position + 1
        while member < node.next {
            let key = index.nodes[member]
            if key.end - key.start == count, isSame(key, name) {
                return JSONNode(index: index, position: member + 1)
            }
            member = index.nodes[member + 1].next
        }
        return nil
    }

    private func isSame(_ key: JSONIndex.Node, _ name: String) -> Bool {
        let bytes = index.bytes[key.start..<key.end]
        return name.utf8.withContiguousStorageIfAvailable { bytes.elementsEqual($0) }
            ?? bytes.elementsEqual(name.utf8)
    }

    /// Whether a number in an object or below it is anything but digits.
    package var hasFraction: Bool {
        (position..<node.next).contains { position in
            let value = JSONNode(index: index, position: position)
            return value.kind == .number && value.integer == nil
        }
    }

    package var string: String? {
        guard kind == .string else { return nil }
        let text = index.bytes[node.start..<node.end]
        return node.hasEscape ? Self.unescaped(text) : String(decoding: text, as: UTF8.self)
    }

    package var bool: Bool? { if case .bool(let flag) = kind { flag } else { nil } }

    /// A number of digits only, with a sign at most; nil for every other one.
    package var integer: Int? {
        kind == .number ? Int(String(decoding: index.bytes[node.start..<node.end], as: UTF8.self)) : nil
    }

    /// The scan has seen that every escape is whole.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let sign = rest.popFirst() else {
                plain.append(byte)
                continue
            }
            switch sign {
            case UInt8(ascii: "n"): plain.append(0x0A)
            case UInt8(ascii: "r"): plain.append(0x0D)
            case UInt8(ascii: "t"): plain.append(0x09)
            case UInt8(ascii: "b"): plain.append(0x08)
            case UInt8(ascii: "f"): plain.append(0x0C)
            case UInt8(ascii: "u"):
                let value = rest.prefix(4).reduce(UInt32(0)) { $0 << 4 | UInt32(ASCII.hexValue($1) ?? 0) }
                rest = rest.dropFirst(4)
                plain += UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
            default: plain.append(sign)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
