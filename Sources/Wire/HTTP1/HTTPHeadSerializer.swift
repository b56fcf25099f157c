/// Writes heads.
enum HTTPHeadSerializer {
    /// Carriage returns and line feeds in values become blanks: a value can never start a new field.
    static func bytes(startLine: String, fields: HTTPFields) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        append(startLine, to: &bytes)
        bytes += [0x0D, 0x0A]
        for entry in fields.entries {
            append(entry.name, to: &bytes)
            bytes += [UInt8(ascii: ":"), 0x20]
            append(entry.value, to: &bytes)
            bytes += [0x0D, 0x0A]
        }
        bytes += [0x0D, 0x0A]
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes += text.utf8
        for index in start..<bytes.count
        where bytes[index] == 0x0D || bytes[index] == 0x0A || bytes[index] == 0 {
            bytes[index] = 0x20
        }
    }
}
