/// Writes heads.
enum HTTPHeadSerializer {
    /// Carriage returns and line feeds in values become blanks: a value can never start a new field.
    static func bytes(startLine: String, fields: HTTPFields) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        append(startLine, to: &bytes)
        endLine(&bytes)
        for entry in fields.entries {
            append(entry.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(0x20)
            append(entry.value, to: &bytes)
            endLine(&bytes)
        }
        endLine(&bytes)
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        if text.bytesAllSatisfy({ !breaksLine($0) }) {
            bytes += text.utf8
        } else {
            bytes += text.utf8.map { breaksLine($0) ? 0x20 : $0 }
        }
    }

    private static func breaksLine(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A || byte == 0 }

    private static func endLine(_ bytes: inout [UInt8]) {
        bytes.append(0x0D)
        bytes.append(0x0A)
    }
}
