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

    /// Whether the code may stand in a frame. 1004-1006 and 1015 never do; 1016-2999 and 5000 up are
    /// unassigned.
    package var isValidOnWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
