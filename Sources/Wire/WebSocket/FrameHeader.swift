/// What a frame is (RFC 6455 §5.2). 3-7 and 0xB-0xF are reserved and have no case.
package enum Opcode: UInt8, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    package var isControl: Bool { rawValue & 0x8 != 0 }
}

/// The 2 to 14 bytes before a payload (RFC 6455 §5.2).
package struct FrameHeader: Equatable, Sendable {
    package var isFinal: Bool
    /// RSV1, RSV2, RSV3 in bits 2, 1, 0. Zero unless an extension gave them a meaning.
    package var reserved: UInt8
    package var opcode: Opcode
    package var maskingKey: MaskingKey?
    package var payloadBytes: Int

    package init(
        isFinal: Bool = true, reserved: UInt8 = 0, opcode: Opcode, maskingKey: MaskingKey? = nil,
        payloadBytes: Int
    ) {
        self.isFinal = isFinal
        self.reserved = reserved
        self.opcode = opcode
        self.maskingKey = maskingKey
        self.payloadBytes = payloadBytes
    }

    /// The header's size, known from its first two bytes.
    static func byteCount(_ first: UInt8, _ second: UInt8) -> Int {
        let length = second & 0x7F
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (second & 0x80 != 0 ? 4 : 0)
    }

    /// Parses a header that is whole; bytes after it are ignored.
    /// - Throws: a protocol violation for reserved opcodes, lengths that are not minimal or have the top bit
    ///   set, and control frames that are fragmented or longer than 125 bytes.
    init(parsing bytes: UnsafeRawBufferPointer) throws(WebSocketFault) {
        guard let opcode = Opcode(rawValue: bytes[0] & 0x0F) else {
            throw .protocolViolation("reserved opcode \(bytes[0] & 0x0F)")
        }
        self.opcode = opcode
        isFinal = bytes[0] & 0x80 != 0
        reserved = bytes[0] >> 4 & 0x7
        var cursor = 2
        switch bytes[1] & 0x7F {
        case 126:
            payloadBytes = Int(bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self).bigEndian)
            cursor = 4
            guard payloadBytes > 125 else { throw .protocolViolation("length not in its shortest form") }
        case 127:
            guard bytes[2] & 0x80 == 0 else { throw .protocolViolation("length with the top bit set") }
            payloadBytes = Int(bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self).bigEndian)
            cursor = 10
            guard payloadBytes > 0xFFFF else { throw .protocolViolation("length not in its shortest form") }
        case let short: payloadBytes = Int(short)
        }
        if bytes[1] & 0x80 != 0 {
            maskingKey = MaskingKey(bytes[cursor], bytes[cursor + 1], bytes[cursor + 2], bytes[cursor + 3])
        }
        // RFC 6455 §5.5: control frames have at most 125 bytes and are never fragmented.
        guard !opcode.isControl || isFinal else { throw .protocolViolation("fragmented control frame") }
        guard !opcode.isControl || payloadBytes <= 125 else {
            throw .protocolViolation("control frame over 125 bytes")
        }
    }

    init(parsing bytes: some Sequence<UInt8>) throws(WebSocketFault) {
        let result = Array(bytes).withUnsafeBytes { bytes in
            Result { () throws(WebSocketFault) in try FrameHeader(parsing: bytes) }
        }
        self = try result.get()
    }

    /// Appends the header and the payload, masked where there is a key.
    package func append(payload: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.append((isFinal ? 0x80 : 0) | reserved << 4 | opcode.rawValue)
        let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
        switch payloadBytes {
        case 0...125: output.append(maskBit | UInt8(payloadBytes))
        case 126...0xFFFF: append(payloadBytes, byteCount: 2, marker: maskBit | 126, to: &output)
        default: append(payloadBytes, byteCount: 8, marker: maskBit | 127, to: &output)
        }
        guard let maskingKey else { return output.append(contentsOf: payload) }
        withUnsafeBytes(of: maskingKey.word.littleEndian) { output.append(contentsOf: $0) }
        // Piece by piece, so that what is masked still lies in the processor's nearest cache.
        var rest = payload[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Self.maskedPiece)
            let start = output.count
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece))
            output.withUnsafeMutableBytes {
                maskingKey.apply(
                    to: UnsafeMutableRawBufferPointer(rebasing: $0[start...]), offset: piece.startIndex)
            }
            rest = rest[piece.endIndex...]
        }
    }

    private static let maskedPiece = 8 << 10

    private func append(_ value: Int, byteCount: Int, marker: UInt8, to output: inout [UInt8]) {
        output.append(marker)
        for index in (0..<byteCount).reversed() {
            output.append(UInt8(truncatingIfNeeded: value >> (index * 8)))
        }
    }
}

/// RFC 6455 §5.3: each payload byte is XORed with the key byte at its position modulo 4.
package struct MaskingKey: Equatable, Sendable {
    /// The four key bytes in wire order, the first in the lowest 8 bits.
    let word: UInt32

    package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        word = UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16 | UInt32(d) << 24
    }

    package init(word: UInt32) { self.word = word }

    var bytes: [UInt8] { withUnsafeBytes(of: word.littleEndian, Array.init) }

    /// Applies the key in place, 64 bytes at a time.
    /// - Parameter offset: the position of the buffer's first byte within the payload.
    package func apply(to buffer: UnsafeMutableRawBufferPointer, offset: Int) {
        let shift = UInt32(offset & 3) * 8
        let rotated = shift == 0 ? word : word >> shift | word << (32 - shift)
        let wide = UInt64(rotated) | UInt64(rotated) << 32
        let block = SIMD8(repeating: wide.littleEndian)
        var index = 0
        while index + 64 <= buffer.count {
            let value = buffer.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self)
            buffer.storeBytes(of: value ^ block, toByteOffset: index, as: SIMD8<UInt64>.self)
            index += 64
        }
        while index + 8 <= buffer.count {
            let value = buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            buffer.storeBytes(
                of: (UInt64(littleEndian: value) ^ wide).littleEndian, toByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < buffer.count {
            buffer[index] ^= UInt8(truncatingIfNeeded: wide >> (UInt64(index & 7) * 8))
            index += 1
        }
    }
}
