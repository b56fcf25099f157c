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
