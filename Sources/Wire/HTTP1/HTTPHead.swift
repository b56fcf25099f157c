/// The head of a request: method, target and fields (RFC 9112 §3).
package struct HTTPRequestHead: Equatable, Sendable {
    package var method: String
    package var target: String
    package var fields: HTTPFields
    /// False for HTTP/1.0, which has no upgrades.
    package var isHTTP11: Bool

    package init(method: String, target: String, fields: HTTPFields = HTTPFields(), isHTTP11: Bool = true) {
        self.method = method
        self.target = target
        self.fields = fields
        self.isHTTP11 = isHTTP11
    }

    /// The bytes on the wire, ending in the empty line.
    package func serialized() -> [UInt8] {
        HTTPHeadSerializer.bytes(startLine: "\(method) \(target) HTTP/1.1", fields: fields)
    }
}

/// The head of a response: status, reason phrase and fields (RFC 9112 §4).
package struct HTTPResponseHead: Equatable, Sendable {
    package var status: Int
    package var reason: String
    package var fields: HTTPFields
    /// False for HTTP/1.0, whose connections end after one response unless they say otherwise.
    package var isHTTP11: Bool

    package init(status: Int, reason: String = "", fields: HTTPFields = HTTPFields(), isHTTP11: Bool = true) {
        self.status = status
        self.reason = reason
        self.fields = fields
        self.isHTTP11 = isHTTP11
    }

    package func serialized() -> [UInt8] {
        HTTPHeadSerializer.bytes(startLine: "HTTP/1.1 \(status) \(reason)", fields: fields)
    }
}

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
