/// Why a connection failed: kept by ``WebSocketMachine/fault`` and never thrown at the reader of bytes.
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
    /// A compressed message that is not DEFLATE data (1007).
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

/// A status code of a Close frame (RFC 6455 §7.4 and the IANA registry).
package struct CloseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let normal = Self(rawValue: 1000)
    package static let goingAway = Self(rawValue: 1001)
    package static let protocolError = Self(rawValue: 1002)
    package static let unsupportedData = Self(rawValue: 1003)
    package static let invalidPayload = Self(rawValue: 1007)
    package static let policyViolation = Self(rawValue: 1008)
    package static let messageTooBig = Self(rawValue: 1009)
    package static let internalError = Self(rawValue: 1011)
    /// ClawdTalk: another client logged in with the same key (shared/spec/clawdtalk.md).
    package static let takenOver = Self(rawValue: 4000)

    /// Whether a frame may carry the code. 1004-1006 and 1015 never do; 1016-2999 and 5000 up are
    /// unassigned.
    package var isValidOnWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

/// How much a peer may send, in bytes. Beyond them the connection fails with close code 1009; nothing is
/// allocated for a frame that only announces more.
package struct WebSocketLimits: Equatable, Sendable {
    /// The payload of one frame (default 16 MiB).
    package var maximumFrameBytes: Int
    /// The payloads of one message's frames together (default 16 MiB).
    package var maximumMessageBytes: Int
    /// The head of the opening handshake (default 16 KiB); beyond it the handshake fails.
    package var maximumHeadBytes: Int

    package init(
        maximumFrameBytes: Int = 16 << 20, maximumMessageBytes: Int = 16 << 20,
        maximumHeadBytes: Int = 16 << 10
    ) {
        self.maximumFrameBytes = maximumFrameBytes
        self.maximumMessageBytes = maximumMessageBytes
        self.maximumHeadBytes = maximumHeadBytes
    }
}
