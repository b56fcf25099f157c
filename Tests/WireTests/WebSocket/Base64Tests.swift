import Testing

@testable import Wire

@Suite("RFC 4648 §10 Base64")
struct Base64Tests {
    static let vectors = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("the sample nonce", "dGhlIHNhbXBsZSBub25jZQ=="),
    ]

    @Test("A vector is encoded", arguments: vectors)
    func encodes(_ plain: String, _ encoded: String) {
        #expect(Base64.encode(utf8(plain)) == encoded)
    }

    @Test("The last two letters of the alphabet are plus and slash")
    func usesTheStandardAlphabet() {
        #expect(Base64.encode([0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFF]) == "++++////")
    }

    static let nonces = [
        ("dGhlIHNhbXBsZSBub25jZQ==", true), ("AAAAAAAAAAAAAAAAAAAAAA==", true),
        ("++++////++++////++++/A==", true), ("", false), ("dGhlIHNhbXBsZSBub25jZQ", false),
        ("dGhlIHNhbXBsZSBub25jZQ=", false), ("dGhlIHNhbXBsZSBub25jZXM=", false),
        ("dGhlIHNhbXBsZSBub25jZXNz", false), ("dGhlIHNhbXBsZSBub25jZ===", false),
        ("dGhlIHNhbXBsZSBub2-jZQ==", false), ("dGhlIHNhbXBsZSBub2 jZQ==", false),
        ("dGhlIHNhbXBsZSBub25jZQ==\n", false), ("dGhlIHNhbXBsZSBub25jé==", false),
    ]

    @Test("RFC 6455 §4.2.1: only base64 of sixteen bytes is a nonce", arguments: nonces)
    func recognisesNonces(_ text: String, _ isNonce: Bool) {
        #expect(Base64.isNonce(text) == isNonce)
    }
}
