import Testing

@testable import Wire

@Suite("RFC 9110 §5.6 Common rules for values")
struct ASCIITests {
    static let pairs = [
        ("Upgrade", "uPGRADE", true), ("", "", true), ("a", "ab", false), ("[", "{", false),
        ("@", "`", false), ("É", "é", false), ("K", "\u{212A}", false),
    ]

    @Test("Case is ignored for ASCII letters and nothing else", arguments: pairs)
    func comparesWithoutCase(_ left: String, _ right: String, _ areEqual: Bool) {
        #expect(ASCII.equalsIgnoringCase(left, right) == areEqual)
    }

    static let padded = [
        ("", ""), (" \t ", ""), ("a", "a"), ("\t a b \t", "a b"), ("\u{A0}a\u{A0}", "\u{A0}a\u{A0}"),
        ("\na", "\na"),
    ]

    @Test("Blanks and tabs are trimmed, no other space", arguments: padded)
    func trims(_ text: String, _ trimmed: String) {
        #expect(String(ASCII.trimmed(text[...])) == trimmed)
    }

    static let numbers: [(String, Int?)] = [
        ("0", 0), ("007", 7), ("999999999999999999", 999_999_999_999_999_999), ("1000000000000000000", nil),
        ("", nil), ("-1", nil), ("+1", nil), (" 1", nil), ("1 ", nil), ("1.0", nil), ("0x1", nil), ("１", nil),
    ]

    @Test("A decimal number is digits alone, at most eighteen", arguments: numbers)
    func readsDecimals(_ text: String, _ number: Int?) {
        #expect(ASCII.decimal(text) == number)
    }

    @Test("Token characters are those of §5.6.2")
    func knowsTokenCharacters() {
        let letters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        for byte in UInt8.min...UInt8.max {
            #expect(ASCII.isTokenCharacter(byte) == letters.utf8.contains(byte), "\(byte)")
        }
    }

    @Test("Hexadecimal digits have their value in either case")
    func readsHexDigits() {
        for byte in UInt8.min...UInt8.max {
            let value = byte < 0x80 ? Character(Unicode.Scalar(byte)).hexDigitValue : nil
            #expect(ASCII.hexValue(byte) == value, "\(byte)")
        }
    }
}
