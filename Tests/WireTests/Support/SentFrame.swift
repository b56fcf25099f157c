import Testing

@testable import Wire

/// A frame that a connection wants to write, unmasked.
struct SentFrame: Equatable {
    var opcode: Opcode
    var payload: [UInt8]
    var key: MaskingKey?

    init(_ opcode: Opcode, _ payload: [UInt8], key: MaskingKey? = nil) {
        self.opcode = opcode
        self.payload = payload
        self.key = key
    }

    /// A Close frame's body.
    static func closeBody(_ code: UInt16, _ reason: String = "") -> [UInt8] {
        [UInt8(code >> 8), UInt8(code & 0xFF)] + utf8(reason)
    }

    /// Takes whole frames off `bytes`; every one must be final.
    static func all(in bytes: [UInt8]) throws -> [SentFrame] {
        var frames: [SentFrame] = []
        var rest = bytes[...]
        while rest.count >= 2 {
            let headerBytes = FrameHeader.byteCount(rest[rest.startIndex], rest[rest.startIndex + 1])
            let header = try FrameHeader(parsing: rest.prefix(headerBytes))
            try #require(header.isFinal && rest.count >= headerBytes + header.payloadBytes)
            rest = rest.dropFirst(headerBytes)
            var payload = Array(rest.prefix(header.payloadBytes))
            payload.withUnsafeMutableBytes { header.maskingKey?.apply(to: $0, offset: 0) }
            frames.append(SentFrame(header.opcode, payload, key: header.maskingKey))
            rest = rest.dropFirst(header.payloadBytes)
        }
        try #require(rest.isEmpty)
        return frames
    }
}
