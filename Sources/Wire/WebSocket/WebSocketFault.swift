/// Why a connection failed: kept by ``WebSocketConnection/fault`` and never thrown at the reader of bytes.
package enum WebSocketFault: Error, Equatable, Sendable {
    /// The server answered the handshake with another status than 101; `retryAfterSeconds` from Retry-After.
    case refused(status: Int, retryAfterSeconds: Int?)
    /// The server answered the handshake with a redirection; the value of Location.
    case redirected(status: Int, location: String)
    case handshake(String)
    /// A rule of RFC 6455 §5 or §7 was broken (close code 1002).
    case protocolViolation(String)
    /// Text or a close reason that is not UTF-8 (1007).
    case invalidUTF8
    /// A compressed message that is no DEFLATE data (1007).
    case badCompression
    case tooLarge(what: String, limitBytes: Int)
    /// The connection ended without a closing handshake.
    case endedWithoutClose

    /// The code that the failing side sends, nil where no frame can be sent.
    package var closeCode: CloseCode? {
        switch self {
        case .refused, .redirected, .handshake, .endedWithoutClose: nil
        case .protocolViolation: .protocolError
        case .invalidUTF8, .badCompression: .invalidPayload
        case .tooLarge: .messageTooBig
        }
    }

    package var summary: String {
        switch self {
        case .refused(let status, _): "the handshake was answered with HTTP \(status)"
        case .redirected(let status, _):
            "the handshake was redirected with HTTP \(status) to a place that is not followed"
        case .handshake(let reason): "the handshake failed: \(reason)"
        case .protocolViolation(let reason): "protocol violation: \(reason)"
        case .invalidUTF8: "text that is not UTF-8"
        case .badCompression: "a compressed message that cannot be read"
        case .tooLarge(let what, let limit): "\(what) larger than \(limit) bytes"
        case .endedWithoutClose: "the connection ended without a close frame"
        }
    }
}
