/// A whole data message. The bytes of a text message are valid UTF-8.
package enum WebSocketMessage: Equatable, Sendable {
    case text([UInt8])
    case binary([UInt8])

    package var bytes: [UInt8] {
        switch self {
        case .text(let bytes), .binary(let bytes): bytes
        }
    }

    var opcode: Opcode { if case .text = self { .text } else { .binary } }
}
