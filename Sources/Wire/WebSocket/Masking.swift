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
