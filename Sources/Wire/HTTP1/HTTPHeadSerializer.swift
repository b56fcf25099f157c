/// Writes heads.
enum HTTPHeadSerializer {
    /// Carriage returns and line feeds in values become blanks: a value can never start a new field.
    static func bytes(startLine: String, fields: HTTPFields) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        append(startLine, to: &bytes)
        for entry in fields.entries {
            append("\(entry.name): \(entry.value)", to: &bytes)
        }
        bytes += [0x0D, 0x0A]
        return bytes
    }

    private static func append(_ line: String, to bytes: inout [UInt8]) {
        for byte in line.utf8 {
            bytes.append(byte == 0x0D || byte == 0x0A || byte == 0 ? 0x20 : byte)
        }
        bytes += [0x0D, 0x0A]
    }
}
