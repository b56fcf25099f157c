import Testing

@testable import JSON5

@Suite("JSON5 §5 Strings")
struct JSON5ParserStringTests {
    private func string(_ text: String) throws -> String {
        try #require(try JSON5Document(parsing: text).root.string)
    }

    static let plain: [(String, String)] = [
        (#""""#, ""), ("''", ""), (#""a""#, "a"), ("'a'", "a"), (#""it's""#, "it's"),
        (#"'say "x"'"#, #"say "x""#), ("'é€😀'", "é€😀"), ("'\u{0}\t\u{1F}\u{7F}'", "\u{0}\t\u{1F}\u{7F}"),
        ("'{[/*:,//'", "{[/*:,//"), ("'\u{2028}\u{2029}'", "\u{2028}\u{2029}"),
        ("'\u{FEFF}\u{85}'", "\u{FEFF}\u{85}"), ("'e\u{301}'", "e\u{301}"),
    ]
    static let escapes: [(String, String)] = [
        (#"'\''"#, "'"), (#"'\"'"#, "\""), (#"'\\'"#, "\\"), (#"'\/'"#, "/"),
        (#"'\b\f\n\r\t\v'"#, "\u{8}\u{C}\n\r\t\u{B}"), (#"'\0'"#, "\0"), (#"'\0a'"#, "\0a"),
        (#"'a\0'"#, "a\0"), (#"'\x41\x7a\xff\xE9'"#, "Azÿé"), (#"'\x00'"#, "\0"),
        (#"'\u0041\u00e9\u20AC'"#, "Aé€"), (#"'\u0000'"#, "\0"), (#"'\uFFFF'"#, "\u{FFFF}"),
        (#"'\a\c\d\q\A\ \-\$'"#, "acdqA -$"), (#"'\é\€\😀'"#, "é€😀"), (#"'\u00411'"#, "A1"),
        (#"'\\n'"#, "\\n"),
    ]

    @Test("A string stands in either kind of quotes", arguments: plain)
    func readsStrings(_ text: String, _ value: String) throws {
        #expect(try string(text).utf8.elementsEqual(value.utf8))
    }

    @Test("§5.1: an escape stands for its character, any other character for itself", arguments: escapes)
    func readsEscapes(_ text: String, _ value: String) throws {
        #expect(try string(text).utf8.elementsEqual(value.utf8))
    }

    static let surrogates: [(String, String)] = [
        (#"'\ud83d\ude00'"#, "😀"), (#"'\uD83D\uDE00!'"#, "😀!"), (#"'\uD800\uDC00'"#, "\u{10000}"),
        (#"'\uDBFF\uDFFF'"#, "\u{10FFFF}"), (#"'\ud83d'"#, "\u{FFFD}"), (#"'\ude00'"#, "\u{FFFD}"),
        (#"'\ude00\ud83d'"#, "\u{FFFD}\u{FFFD}"), (#"'\ud83dx'"#, "\u{FFFD}x"),
        (#"'\ud83d\n'"#, "\u{FFFD}\n"), (#"'\ud83d\u0041'"#, "\u{FFFD}A"),
        (#"'\ud83d\ud83d\ude00'"#, "\u{FFFD}😀"), (#"'\ud83d\\ude00'"#, "\u{FFFD}\\ude00"),
    ]

    @Test("Two halves of a surrogate pair are one character; a lone half is U+FFFD", arguments: surrogates)
    func joinsSurrogates(_ text: String, _ value: String) throws {
        #expect(try string(text) == value)
    }

    @Test(
        "§5.2: an escaped line end stands for nothing",
        arguments: ["\n", "\r", "\r\n", "\u{2028}", "\u{2029}"])
    func continuesLines(_ lineEnd: String) throws {
        #expect(try string("'a\\\(lineEnd)b'") == "ab")
        #expect(try string("\"\\\(lineEnd)\"").isEmpty)
        #expect(try string("'a\\\(lineEnd)\\\(lineEnd)  b'") == "a  b")
    }

    @Test("A line feed and a return, each escaped, are two line ends")
    func continuesTwoLines() throws {
        #expect(try string("'a\\\n\\\rb'") == "ab")
        #expect(throws: JSON5Fault.self) { try string("'a\\\n\rb'") }
    }

    @Test(
        "A broken string is refused",
        arguments: [
            "'", "\"", "'a", "\"a'", "'a\"", "'\\'", "'\\", "'a\nb'", "'a\rb'", "'a\r\nb'", "\"a\nb\"",
            #"'\u'"#, #"'\u123'"#, #"'\u12G4'"#, #"'\u{41}'"#, #"'\u 041'"#, #"'\x'"#, #"'\x4'"#, #"'\xG1'"#,
            #"'\x4"#, #"'\u004"#, #"'\1'"#, #"'\7'"#, #"'\9'"#, #"'\00'"#, #"'\01'"#, #"'\09'"#,
            #"'\ud83d\u'"#, #"'\ud83d\uZ'"#, "'a' 'b'", "'a'b", "`a`", "\u{201C}a\u{201D}",
        ])
    func refusesBrokenStrings(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: text) }
    }

    @Test(
        "A string that is not UTF-8 is refused",
        arguments: [
            [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x5C, 0xFF], [0x5C, 0xE2, 0x80],
            // Halves that only an escape keeps apart.
            [0xC3, 0x5C, 0xA9], [0xC3, 0x5C, 0x0A, 0xA9],
        ] as [[UInt8]])
    func refusesInvalidText(_ bytes: [UInt8]) {
        #expect(throws: JSON5Fault(message: "not UTF-8", line: 1, column: 2)) {
            try JSON5Document(parsing: [0x5B, 0x27] + bytes + [0x27, 0x5D])
        }
    }
}
