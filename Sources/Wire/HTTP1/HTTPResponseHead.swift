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
