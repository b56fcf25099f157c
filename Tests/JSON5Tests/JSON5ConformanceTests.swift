import Testing

@testable import JSON5

/// What the public conformance suite of JSON5 asks for and the suites of the parser's parts leave open: whole
/// documents, and the position of every refusal. The texts are our own.
@Suite("JSON5 conformance")
struct JSON5ConformanceTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let text: String
        let line: Int
        let column: Int
        let message: String
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ line: Int, _ column: Int, _ message: String) {
            (self.text, self.line, self.column, self.message) = (text, line, column, message)
        }
    }

    static let documents: [(String, Sketch)] = [
        // Comments.
        ("[\n  false\n  /* true */\n]", [false]), ("[\n  false // true\n]", [false]),
        ("[\n  // none\n]", []), ("null\n/* behind */", nil), ("/* before */\nnull", nil),
        ("// one\n// two\r\n/* three */ 3 // four", 3), ("{\n  // a: 1\n}", [:]),
        // Line ends.
        ("{\n  // LF\n  a: 1\n}", ["a": 1]), ("{\r  // CR\r  a: 1\r}", ["a": 1]),
        ("{\r\n  // CRLF\r\n  a: 1\r\n}", ["a": 1]), ("{\n  a: 'b\\\nc'\n}", ["a": "bc"]),
        ("{\r  a: 'b\\\rc'\r}", ["a": "bc"]), ("{\r\n  a: 'b\\\r\nc'\r\n}", ["a": "bc"]),
        ("[//\r1,//\r\n2,//\n3]", [1, 2, 3]),
        // Keys.
        ("{one: 1, $two_2: 2, _3: 3}", ["one": 1, "$two_2": 2, "_3": 3]),
        ("{'10twenty': 1, 'multi-word': 2, 'it\\'s': 3}", ["10twenty": 1, "multi-word": 2, "it's": 3]),
        (
            "{while: 1, function: 2, null: 3, true: 4, class: 5, NaN: 6, Infinity: 7}",
            ["while": 1, "function": 2, "null": 3, "true": 4, "class": 5, "NaN": 6, "Infinity": 7]
        ),
        (#"{sig\u03A3: 1, ün\u0131: 2}"#, ["sigΣ": 1, "ünı": 2]),
        // All of it.
        (
            " \t\u{B}\u{C}\u{A0}\u{FEFF}\n\r\u{2028}\u{2029}\u{2003}{\u{A0}a\u{FEFF}:\u{B}1\u{C}}\u{2028}",
            ["a": 1]
        ),
        (
            "{\n  name: 'clawdtalk',\n  files: [\"a.swift\", 'b.swift',],\n  \"swift\": { at: \">=6.2\" },\n}\n",
            ["name": "clawdtalk", "files": ["a.swift", "b.swift"], "swift": ["at": ">=6.2"]]
        ),
    ]

    @Test("What is JSON5 is read for what it means", arguments: documents)
    func reads(_ text: String, _ value: Sketch) throws {
        #expect(try Sketch(parsing: text) == value)
    }

    static let refusals = [
        // Arrays.
        Refusal("[\n  ,null\n]", 2, 3, "not a value"), Refusal("[,]", 1, 2, "not a value"),
        Refusal("[null,,]", 1, 7, "not a value"),
        Refusal("[\n  true\n  false\n]", 3, 3, "a comma is missing"),
        // Comments.
        Refusal("// only", 1, 8, "the text ends where a value is expected"),
        Refusal("/* only */", 1, 11, "the text ends where a value is expected"),
        Refusal("true\n/*\nno end", 2, 1, "a comment without end"), Refusal("/", 1, 1, "a lone slash"),
        Refusal("[1,\n/ 2]", 2, 1, "a lone slash"),
        Refusal("true\n/* a /* b */ */", 2, 14, "text after the end of the value"),
        // Nothing at all.
        Refusal("", 1, 1, "the text ends where a value is expected"),
        Refusal("\r\n\r\n", 3, 1, "the text ends where a value is expected"),
        // Numbers.
        Refusal("010", 1, 1, "a number with a leading zero"),
        Refusal("-010", 1, 1, "a number with a leading zero"),
        Refusal("+010", 1, 1, "a number with a leading zero"),
        Refusal("098", 1, 1, "a number with a leading zero"),
        Refusal("-098", 1, 1, "a number with a leading zero"),
        Refusal("+098", 1, 1, "a number with a leading zero"),
        Refusal("0780", 1, 1, "a number with a leading zero"),
        Refusal("00", 1, 1, "a number with a leading zero"),
        Refusal("0x", 1, 3, "a hexadecimal digit is missing"),
        Refusal("[0x]", 1, 4, "a hexadecimal digit is missing"),
        Refusal(".", 1, 1, "not a number"), Refusal("-.", 1, 1, "not a number"),
        Refusal("+", 1, 1, "not a number"),
        Refusal("5e", 1, 3, "an exponent without digits"), Refusal("5e+", 1, 4, "an exponent without digits"),
        Refusal("5e.5", 1, 3, "an exponent without digits"),
        Refusal("5e1.5", 1, 4, "text after the end of the value"),
        Refusal("5e-1.5", 1, 5, "text after the end of the value"), Refusal("5e0x2", 1, 1, "not a number"),
        Refusal("5e-0x2", 1, 1, "not a number"), Refusal("5e+0x2", 1, 1, "not a number"),
        // Objects.
        Refusal("{,}", 1, 2, "a key is expected"), Refusal("{\n  ,a: 1\n}", 2, 3, "a key is expected"),
        Refusal("{a: 1,,}", 1, 7, "a key is expected"),
        Refusal("{\n  a: 1\n  b: 2\n}", 3, 3, "a comma is missing"),
        Refusal("{10twenty: 1}", 1, 2, "a key is expected"),
        Refusal("{multi-word: 1}", 1, 7, "a colon is missing after the key"),
        Refusal("{a b: 1}", 1, 4, "a colon is missing after the key"),
        // Strings.
        Refusal("'one\ntwo'", 1, 5, "a line end inside a string"),
        Refusal("\"one\rtwo\"", 1, 5, "a line end inside a string"),
        Refusal("'one\r\ntwo'", 1, 5, "a line end inside a string"),
        Refusal("'one\\\n\ntwo'", 2, 1, "a line end inside a string"),
        Refusal("'one\\\r\r\ntwo'", 2, 1, "a line end inside a string"),
        Refusal("[\n  \"it's\n]", 2, 8, "a line end inside a string"),
        Refusal("\"it'", 1, 1, "a string without end"),
    ]

    @Test("What is not JSON5 is refused, with the position", arguments: refusals)
    func refuses(_ refusal: Refusal) {
        #expect(throws: JSON5Fault(message: refusal.message, line: refusal.line, column: refusal.column)) {
            try JSON5Document(parsing: refusal.text)
        }
    }
}
