/// A parsed JSON5 text (https://spec.json5.org). The bytes are kept, so nothing of the text is ever lost.
package struct JSON5Document: Equatable, Sendable {
    package let bytes: [UInt8]
    package let root: JSON5Node

    /// The largest text that is parsed, how deep values may nest, and how many there may be (each takes about 200 bytes).
    package static let maximumBytes = 8 << 20
    package static let maximumDepth = 256
    package static let maximumValues = 1 << 18

    /// - Throws: ``JSON5Fault`` with the position of the first offence.
    package init(
        parsing bytes: [UInt8], maximumBytes: Int = Self.maximumBytes, maximumValues: Int = Self.maximumValues
    ) throws(JSON5Fault) {
        guard bytes.count <= maximumBytes else {
            throw JSON5Fault(message: "the text is larger than \(maximumBytes) bytes", line: 1, column: 1)
        }
        var parser = JSON5Parser(bytes: bytes, maximumValues: maximumValues)
        root = try parser.parseDocument()
        self.bytes = bytes
    }

    package init(parsing text: String) throws(JSON5Fault) { try self.init(parsing: Array(text.utf8)) }

    /// The text, byte for byte as it was given.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Why a text is not JSON5, and where.
package struct JSON5Fault: Error, Equatable, Sendable {
    package let message: String
    /// Both count from 1; the column counts bytes.
    package let line: Int
    package let column: Int

    package var summary: String { "line \(line), column \(column): \(message)" }
}
