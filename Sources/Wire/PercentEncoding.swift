/// Percent-encoding (RFC 3986 §2.1) of everything but the unreserved characters of §2.3: what comes out is one word in a
/// path, a query or a line.
package enum PercentEncoding {
    package static func encode(_ text: String) -> String {
        text.bytesAllSatisfy(isUnreserved) ? text : encode(text[...], keeping: isUnreserved)
    }

    /// Everything but the bytes that `isKept` names; a `%` stays where that keeps it.
    static func encode(_ text: Substring, keeping isKept: (UInt8) -> Bool) -> String {
        if text.utf8.allSatisfy(isKept) { return String(text) }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if isKept(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 0x0F)]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// RFC 3986 §3.3: what may stand in a path as it is, escapes included.
    static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case _ where isUnreserved(byte): true
        case 0x21, 0x24, 0x25, 0x26...0x2F, 0x3A, 0x3B, 0x3D, 0x40: true
        default: false
        }
    }

    /// The text again; a `%` that does not begin an escape stays, and bytes that are not UTF-8 are replaced.
    package static func decode(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
            if byte == UInt8(ascii: "%"), digits.count == 2 {
                bytes.append(UInt8(digits[0] * 16 + digits[1]))
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? 0x30 : 0x37) }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }
}
