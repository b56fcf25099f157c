/// Bytes that no sane service sends.
enum HostileFrame: String, CaseIterable, Sendable {
    case garbage = "garbage JSON"
    case deep = "10,000 levels of JSON"
    case wrongTypes = "members of wrong types"
    case unknownEvent = "an unknown event"
    case binary = "a binary frame"
    case large = "a text of 4 MiB"
    case huge = "a text over the limit"
    case hugeLength = "a length of 2^62"
    case badUTF8 = "bad UTF-8"
    case reservedBits = "reserved bits"
    case reservedOpcode = "a reserved opcode"
    case masked = "a masked frame"
    case longControl = "a ping of 126 bytes"
    case shortClose = "a close frame of one byte"
    case badCloseCode = "a close frame with 1005"
    case orphan = "a continuation of nothing"
    case interleaved = "a text inside another"
    case pingFlood = "a thousand pings"
    case handshakeAgain = "another handshake answer"

    /// What shows that the bridge has written down contents of it.
    static let secret = "zanzibar"

    var bytes: [UInt8] {
        let text = Array("{\"type\":\"event\",\"event\":\"\(Self.secret)\"}".utf8)
        return switch self {
        case .garbage: Self.frame(0x81, Array("{\"\(Self.secret)".utf8))
        case .deep: Self.frame(0x81, [UInt8](repeating: UInt8(ascii: "["), count: 10_000))
        case .wrongTypes:
            Self.frame(
                0x81,
                Array(
                    "{\"type\":\"event\",\"event\":\"sms.received\",\"from\":{\"\(Self.secret)\":[1]}}".utf8))
        case .unknownEvent: Self.frame(0x81, Array(#"{"type":"event","event":"weather.changed"}"#.utf8))
        case .binary: Self.frame(0x82, text)
        case .large: Self.frame(0x81, Self.text(4 << 20))
        case .huge: Self.frame(0x81, Self.text(9 << 20))
        case .hugeLength: [0x81, 127, 0x40, 0, 0, 0, 0, 0, 0, 0] + text
        case .badUTF8: Self.frame(0x81, [0x7B, 0xC3, 0x28, 0xFF, 0x7D])
        case .reservedBits: Self.frame(0xB1, text)
        case .reservedOpcode: Self.frame(0x83, text)
        case .masked: [0x81, 0x80 | UInt8(text.count), 0, 0, 0, 0] + text
        case .longControl: Self.frame(0x89, [UInt8](repeating: 7, count: 126))
        case .shortClose: Self.frame(0x88, [3])
        case .badCloseCode: Self.frame(0x88, [0x03, 0xED])
        case .orphan: Self.frame(0x80, text)
        case .interleaved: Self.frame(0x01, Array(text.prefix(5))) + Self.frame(0x81, text)
        case .pingFlood: [[UInt8]](repeating: Self.frame(0x89, text), count: 1_000).flatMap { $0 }
        case .handshakeAgain: Array("HTTP/1.1 101 Switching Protocols\r\n\r\n".utf8)
        }
    }

    /// A question in pieces with a ping between them, which is allowed.
    static func inPieces(_ text: [UInt8]) -> [UInt8] {
        frame(0x01, Array(text.prefix(10))) + frame(0x89, [1]) + frame(0x00, [])
            + frame(0x80, Array(text.dropFirst(10)))
    }

    static func close(_ code: UInt16?) -> [UInt8] {
        frame(0x88, code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? [])
    }

    /// A server's frame (RFC 6455 §5.2): the first byte as it stands.
    static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let count = payload.count
        switch count {
        case ..<126: return [first, UInt8(count)] + payload
        case ..<65_536: return [first, 126, UInt8(count >> 8), UInt8(count & 0xFF)] + payload
        default:
            return [first, 127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
                + payload
        }
    }

    private static func text(_ count: Int) -> [UInt8] {
        Array("{\"type\":\"event\",\"event\":\"x\",\"text\":\"".utf8)
            + [UInt8](repeating: UInt8(ascii: "s"), count: count) + Array("\"}".utf8)
    }
}
