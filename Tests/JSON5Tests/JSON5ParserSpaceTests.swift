import Testing

@testable import JSON5

@Suite("JSON5 §7, §8 Comments and white space")
struct JSON5ParserSpaceTests {
    /// Table 2 of the specification; U+2000 to U+200A and the rest of category Zs with it.
    static let spaces: [Unicode.Scalar] = [
        "\t", "\n", "\u{0B}", "\u{0C}", "\r", " ", "\u{A0}", "\u{1680}", "\u{2000}", "\u{2001}", "\u{2002}",
        "\u{2003}", "\u{2004}", "\u{2005}", "\u{2006}", "\u{2007}", "\u{2008}", "\u{2009}", "\u{200A}",
        "\u{2028}", "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}", "\u{FEFF}",
    ]

    @Test("White space may stand between any two tokens", arguments: spaces)
    func skipsSpace(_ space: Unicode.Scalar) throws {
        let text = ["", "{", "a", ":", "[", "1", ",", "true", "]", ",", "}", ""].joined(
            separator: String(space))
        #expect(try Sketch(parsing: text) == ["a": [1, true]])
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: "tr\(space)ue") }
    }

    @Test(
        "Other blanks are no white space",
        arguments: ["\u{00}", "\u{08}", "\u{1C}", "\u{85}", "\u{180E}", "\u{200B}", "\u{2060}"]
            as [Unicode.Scalar])
    func refusesOtherSpace(_ scalar: Unicode.Scalar) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: "[\(scalar)]") }
    }

    @Test("A byte order mark may stand first")
    func skipsByteOrderMarks() throws {
        #expect(try JSON5Document(parsing: [0xEF, 0xBB, 0xBF, 0x31]).root.number == 1)
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: [0xFF, 0xFE, 0x31, 0x00]) }
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: [0xEF, 0xBB, 0x31]) }
    }

    static let comments: [(String, Sketch)] = [
        ("// before\n1", 1), ("1// behind", 1), ("1 // behind\n", 1), ("/* before */1", 1),
        ("1/* behind */", 1), ("/**/1", 1), ("/***/1", 1), ("/****/1", 1), ("/* a * b ** / c */1", 1),
        ("/* // */1", 1), ("/* /* */1", 1), ("// /*\n1", 1), ("/*\n * lines\n **/1", 1), ("///\n1", 1),
        ("//\\\n1", 1), ("//\u{E9}\u{1F600}\n1", 1), ("[1/* one */,2// two\n]", [1, 2]),
        ("{/*a*/a/*b*/:/*c*/1/*d*/,/*e*/}", ["a": 1]), ("1//", 1), ("'// text'", "// text"),
        ("'/* text */'", "/* text */"), ("//\r1", 1), ("//\r\n1", 1), ("//\u{2028}1", 1), ("//\u{2029}1", 1),
    ]

    @Test("§7: comments are skipped, in strings they are text", arguments: comments)
    func skipsComments(_ text: String, _ value: Sketch) throws {
        #expect(try Sketch(parsing: text) == value)
    }

    @Test(
        "A broken comment is refused",
        arguments: [
            "1/", "/1", "/", "1 / 2", "/*", "/* open", "/*/", "/* open *", "1/*", "1 /* a */ */", "/ * a */1",
            "# a\n1", "<!-- a -->1", "tr/**/ue", "1/**/2", "-/**/1", "//\u{85}1", "//\u{0B}1",
        ])
    func refusesBrokenComments(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: text) }
    }

    @Test("A comment that is not UTF-8 is refused, for its text could not be kept")
    func refusesInvalidComments() {
        for opening in ["//", "/*"] {
            let bytes = Array("[1,\n  \(opening)".utf8) + [0xFF] + Array("*/\n]".utf8)
            #expect(throws: JSON5Fault(message: "not UTF-8", line: 2, column: 3)) {
                try JSON5Document(parsing: bytes)
            }
        }
    }
}
