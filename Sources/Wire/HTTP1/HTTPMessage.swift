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

/// A whole request as callers give it: an absolute http or https URL, fields and body.
package struct HTTPRequest: Equatable, Sendable {
    package var method: String
    package var url: String
    package var fields: HTTPFields
    package var body: [UInt8]

    package init(method: String, url: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }
}

/// A whole response: final head (never 1xx) and body.
package struct HTTPResponse: Equatable, Sendable {
    package var head: HTTPResponseHead
    package var body: [UInt8]

    package var status: Int { head.status }

    package init(head: HTTPResponseHead, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}

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
