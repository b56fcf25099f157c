/// A comment of a text, found without the parser.
struct JSON5Comment: Equatable {
    let offset: Int
    let text: String

    /// The comments of a text that is valid, in their order.
    static func all(in bytes: [UInt8]) -> [JSON5Comment] {
        var (comments, offset): ([JSON5Comment], Int) = ([], 0)
        while offset < bytes.count {
            let start = offset
            switch bytes[offset] {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): offset = endOfString(bytes, offset)
            case UInt8(ascii: "/"):
                offset =
                    bytes[offset + 1] == UInt8(ascii: "*")
                    ? endOfBlock(bytes, offset) : endOfLine(bytes, offset)
                comments.append(
                    Self(offset: start, text: String(decoding: bytes[start..<offset], as: UTF8.self)))
            default: offset += 1
            }
        }
        return comments
    }

    private static func endOfString(_ bytes: [UInt8], _ start: Int) -> Int {
        var offset = start + 1
        while bytes[offset] != bytes[start] { offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1 }
        return offset + 1
    }

    private static func endOfBlock(_ bytes: [UInt8], _ start: Int) -> Int {
        var offset = start + 2
        while bytes[offset] != UInt8(ascii: "*") || bytes[offset + 1] != UInt8(ascii: "/") { offset += 1 }
        return offset + 2
    }

    private static func endOfLine(_ bytes: [UInt8], _ start: Int) -> Int {
        var offset = start
        while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D {
            if bytes[offset] == 0xE2, bytes[offset + 1] == 0x80, bytes[offset + 2] | 1 == 0xA9 { break }
            offset += 1
        }
        return offset
    }
}
