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

/// The bytes of a message: those of the reader's buffer when it lay whole in it, otherwise bytes of its own.
package enum WebSocketPayload {
    case borrowed(UnsafeRawBufferPointer)
    case owned([UInt8])

    package var count: Int {
        switch self {
        case .borrowed(let bytes): bytes.count
        case .owned(let bytes): bytes.count
        }
    }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch self {
        case .borrowed(let bytes): try body(bytes)
        case .owned(let bytes): try bytes.withUnsafeBytes(body)
        }
    }

    /// Bytes that outlive the reader's buffer.
    package var array: [UInt8] {
        switch self {
        case .borrowed(let bytes): Array(bytes)
        case .owned(let bytes): bytes
        }
    }
}
