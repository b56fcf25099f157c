/// What bytes mean inside a JSON string (RFC 8259 §7).
enum JSONBytes {
    /// Where the first quote, backslash or control character stands from `start` on; the end where there is none. Eight
    /// bytes are looked at at a time.
    static func firstSpecial(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while position + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let found = special(in: UInt64(littleEndian: word))
            if found != 0 { return position + found.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < bytes.count, !isSpecial(bytes[position]) { position += 1 }
        return position
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// The highest bit of each of eight bytes that is special, as far as the first of them: where a byte is zero, taking
    /// one from it borrows, and what comes behind says nothing.
    private static func special(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones * 0x22)
        let backslash = word ^ (ones * 0x5C)
        let found =
            (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones * 0x20) & ~word
        return found & (ones << 7)
    }
}
