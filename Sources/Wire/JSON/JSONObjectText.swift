/// Writes one JSON object (RFC 8259), member by member, as UTF-8.
package struct JSONObjectText {
    private var content: [UInt8] = [UInt8(ascii: "{")]

    package init(capacity: Int = 256) { content.reserveCapacity(capacity) }

    /// The whole object.
    package var bytes: [UInt8] { content + [UInt8(ascii: "}")] }

    package mutating func add(_ name: String, _ text: String) {
        addName(name)
        append(text)
    }

    package mutating func add(_ name: String, _ number: Int) {
        addName(name)
        content += String(number).utf8
    }

    package mutating func add(_ name: String, _ flag: Bool) {
        addName(name)
        content += (flag ? "true" : "false").utf8
    }

    package mutating func add(_ name: String, _ object: JSONObjectText) {
        addName(name)
        content += object.content
        content.append(UInt8(ascii: "}"))
    }

    package mutating func addNull(_ name: String) {
        addName(name)
        content += "null".utf8
    }

    private mutating func addName(_ name: String) {
        if content.count > 1 { content.append(UInt8(ascii: ",")) }
        append(name)
        content.append(UInt8(ascii: ":"))
    }

    private mutating func append(_ text: String) {
        content.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while true {
                let end = JSONBytes.firstSpecial(in: UnsafeRawBufferPointer(bytes), from: start)
                content.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<end]))
                guard end < bytes.count else { break }
                appendEscape(of: bytes[end])
                start = end + 1
            }
        }
        content.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(of byte: UInt8) {
        content.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: content.append(UInt8(ascii: "n"))
        case 0x0D: content.append(UInt8(ascii: "r"))
        case 0x09: content.append(UInt8(ascii: "t"))
        case 0..<0x20:
            content += "u00".utf8
            content.append(contentsOf: [byte >> 4, byte & 0x0F].map { $0 + ($0 < 10 ? 0x30 : 0x57) })
        default: content.append(byte)
        }
    }
}
