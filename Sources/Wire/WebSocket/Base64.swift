/// RFC 4648 §4, for the handshake's keys only: encoding, and the length check of a 16-byte nonce.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    package static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = bytes[start..<min(start + 3, bytes.count)]
            let value = chunk.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
            for position in 0..<4 {
                output.append(position <= chunk.count ? alphabet[value >> (18 - 6 * position) & 63] : 0x3D)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether `text` is base64 of exactly 16 bytes (RFC 6455 §4.2.1 item 5).
    static func isNonce(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 24 && bytes.suffix(2) == [0x3D, 0x3D]
            && bytes.dropLast(2).allSatisfy(alphabet.contains)
    }
}
