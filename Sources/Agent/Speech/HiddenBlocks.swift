/// Blocks in angle brackets that are not for the caller: thinking and tool calls. One pass over the bytes, whatever
/// the text: an agent's answer must not be able to hold the loop.
package enum HiddenBlocks {
    private static let names: Set<String> = [
        "think", "thinking", "tool_call", "function_call", "function_calls", "invoke", "relevant-memories",
        "relevant_memories",
    ]

    struct Tag {
        let name: String
        let isClosing: Bool
        /// Behind the `>`, or behind the name where none follows soon.
        let end: Int
    }

    private static let longestName = 24
    private static let longestAttributes = 300

    /// The text without the blocks. A block without end hides the rest; an end without a beginning, everything
    /// before it.
    package static func removed(from text: String) -> String {
        guard text.containsBytes(of: "<") else { return text }
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<"), let tag = tag(in: bytes, at: position) else {
                kept.append(bytes[position])
                position += 1
                continue
            }
            if tag.isClosing {
                kept.removeAll()
                position = tag.end
            } else {
                position = endOfBlock(tag.name, in: bytes, from: tag.end)
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func endOfBlock(_ name: String, in bytes: [UInt8], from start: Int) -> Int {
        var position = start
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "<"), let tag = tag(in: bytes, at: position), tag.isClosing,
                tag.name == name
            {
                return tag.end
            }
            position += 1
        }
        return bytes.count
    }

    /// The hidden block's tag at a `<`, or nil when it is something else.
    static func tag(in bytes: [UInt8], at start: Int) -> Tag? {
        var position = start + 1
        let isClosing = position < bytes.count && bytes[position] == UInt8(ascii: "/")
        if isClosing { position += 1 }
        let nameEnd = bytes[position...].prefix(longestName).prefix(while: isNameByte).endIndex
        let name = String(decoding: bytes[position..<nameEnd], as: UTF8.self).lowercased()
        guard names.contains(name), nameEnd == bytes.count || endsName(bytes[nameEnd]) else { return nil }
        let attributes = bytes[nameEnd...].prefix(longestAttributes)
        let close = attributes.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
        return Tag(name: name, isClosing: isClosing, end: close ?? nameEnd)
    }

    /// Whether more bytes decide what the `<` at `start` begins.
    static func mayBecomeTag(_ bytes: [UInt8], at start: Int) -> Bool {
        var rest = bytes[(start + 1)...]
        if rest.first == UInt8(ascii: "/") { rest = rest.dropFirst() }
        let bytesOfName = rest.prefix(longestName).prefix(while: isNameByte)
        let name = String(decoding: bytesOfName, as: UTF8.self).lowercased()
        guard bytesOfName.endIndex < bytes.count else { return names.contains { $0.hasPrefix(name) } }
        guard names.contains(name), endsName(bytes[bytesOfName.endIndex]) else { return false }
        let attributes = bytes[bytesOfName.endIndex...].prefix(longestAttributes)
        return attributes.count < longestAttributes && !attributes.contains(UInt8(ascii: ">"))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte <= 0x20
    }
}
