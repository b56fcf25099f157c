/// Where the values of a JSON text (RFC 8259) are: one pass over the bytes. A value is decoded when it is asked for.
///
/// It covers the common case only. A text that it does not take may still be JSON: a caller that gets nil asks a reader
/// that takes all of JSON, after ``hasFewValues(_:)``. So each text has one answer, whichever reads it.
package struct JSONIndex {
    package enum Kind: Equatable, Sendable { case null, bool(Bool), number, string, array, object }

    /// 16 bytes.
    struct Node {
        private var start: UInt32
        private var end: UInt32
        private var behind: UInt32
        let kind: Kind
        let hasEscape: Bool

        init(_ kind: Kind, at range: Range<Int>, hasEscape: Bool = false, next: Int) {
            (self.kind, self.hasEscape) = (kind, hasEscape)
            (start, end) = (UInt32(range.lowerBound), UInt32(range.upperBound))
            behind = UInt32(next)
        }

        /// Among the bytes; of a string without its quotes.
        var range: Range<Int> { Int(start)..<Int(end) }
        /// Behind this value and all that it holds, among the nodes. A member's name is the node before its value.
        var next: Int { Int(behind) }
    }

    /// The nodes that are taken at most: 1 MiB of them, in a text that costs 16 bytes for each of its values. A text of 8 MiB
    /// could have four million.
    static let mostNodes = 1 << 16

    let bytes: [UInt8]
    let nodes: [Node]

    /// - Returns: nil when the text is not JSON in UTF-8, nests deeper than 32 levels, has over 64 members in one object,
    ///   a name twice or a name with an escape in it, half a surrogate pair, or over 65,536 values and names.
    package init?(_ bytes: [UInt8]) {
        let nodes = bytes.withUnsafeBytes { bytes in
            var scan = JSONScan(bytes)
            return scan.takeDocument() ? scan.nodes : nil
        }
        guard let nodes else { return nil }
        (self.bytes, self.nodes) = (bytes, nodes)
    }

    /// Whether a text has at most 262,144 commas, colons and opening brackets outside of strings. It need not be JSON.
    ///
    /// Ask this before you give a peer's text to Foundation, which allocates 50 to 160 bytes for each value: `[0,0,…]` of
    /// 8 MiB takes 200 MiB there. A text with few values takes 30 MiB at most.
    package static func hasFewValues(_ text: some Collection<UInt8>) -> Bool {
        // Each takes a byte.
        if text.count <= JSONScan.mostSeparators { return true }
        return text.withContiguousStorageIfAvailable { JSONScan.hasFewSeparators(UnsafeRawBufferPointer($0)) }
            ?? Array(text).withUnsafeBytes { JSONScan.hasFewSeparators($0) }
    }

    package var root: JSONNode { JSONNode(index: self, position: 0) }
}

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
            if key.range.count == count, isSame(key, name) {
                return JSONNode(index: index, position: member + 1)
            }
            member = index.nodes[member + 1].next
        }
        return nil
    }

    private func isSame(_ key: JSONIndex.Node, _ name: String) -> Bool {
        let bytes = index.bytes[key.range]
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
        let text = index.bytes[node.range]
        return node.hasEscape ? Self.unescaped(text) : String(decoding: text, as: UTF8.self)
    }

    package var bool: Bool? { if case .bool(let flag) = kind { flag } else { nil } }

    /// A number of digits only, with a sign at most; nil for every other one.
    package var integer: Int? {
        kind == .number ? Int(String(decoding: index.bytes[node.range], as: UTF8.self)) : nil
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
