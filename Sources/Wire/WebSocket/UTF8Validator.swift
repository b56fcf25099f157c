/// Checks UTF-8 as it arrives, across any split (RFC 3629; RFC 6455 §8.1). Fails at the first byte that no
/// continuation could make valid, not only at the end.
package struct UTF8Validator: Sendable {
    /// Continuation bytes that are still owed, and the range of the next one.
    private var owed = 0
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    package init() {}

    /// True where the text may end: no sequence is open.
    package var isAtBoundary: Bool { owed == 0 }

    /// - Returns: false when the bytes so far cannot be the beginning of valid UTF-8.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if owed == 0 {
                index = Self.skipASCII(bytes, from: index)
                guard index < bytes.count else { return true }
                guard begin(bytes[index]) else { return false }
            } else {
                guard bytes[index] >= lower, bytes[index] <= upper else { return false }
                owed -= 1
                (lower, upper) = (0x80, 0xBF)
            }
            index += 1
        }
        return true
    }

    private static func skipASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count,
            bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }

    /// RFC 3629 §4: the second byte's range keeps out overlong forms, surrogates and values over U+10FFFF.
    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: owed = 1
        case 0xE0: (owed, lower) = (2, 0xA0)
        case 0xED: (owed, upper) = (2, 0x9F)
        case 0xE1...0xEF: owed = 2
        case 0xF0: (owed, lower) = (3, 0x90)
        case 0xF4: (owed, upper) = (3, 0x8F)
        case 0xF1...0xF3: owed = 3
        default: return false
        }
        return true
    }
}
