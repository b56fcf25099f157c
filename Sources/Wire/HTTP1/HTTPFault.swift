/// Why bytes are not HTTP/1.1 as this client accepts it. Every case ends the connection.
package enum HTTPFault: Error, Equatable, Sendable {
    case headTooLarge(limitBytes: Int)
    case malformedStartLine
    case malformedField
    /// Content-Length that is no number, differs between entries, or stands beside Transfer-Encoding (RFC
    /// 9112 §6.3).
    case ambiguousLength
    case unsupportedTransferCoding
    case malformedChunk
    case bodyTooLarge(limitBytes: Int)
    /// The connection ended inside a head or before the announced end of a body.
    case cutShort

    package var summary: String {
        switch self {
        case .headTooLarge(let limit): "the head is larger than \(limit) bytes"
        case .malformedStartLine: "the first line is not HTTP/1.1"
        case .malformedField: "a header field is malformed"
        case .ambiguousLength: "the body's length is ambiguous"
        case .unsupportedTransferCoding: "the transfer coding is not chunked"
        case .malformedChunk: "a chunk is malformed"
        case .bodyTooLarge(let limit): "the body is larger than \(limit) bytes"
        case .cutShort: "the connection ended in the middle"
        }
    }
}
