import Testing

@testable import JSON5

@Suite("Errors say what and where")
struct JSON5FaultTests {
    static let positions: [(String, Int, Int, String)] = [
        ("", 1, 1, "the text ends where a value is expected"), ("x", 1, 1, "not a value"),
        ("  x", 1, 3, "not a value"), ("\n\n x", 3, 2, "not a value"), ("\r\nx", 2, 1, "not a value"),
        ("[1,\n 2\n 3]", 3, 2, "a comma is missing"), ("'é' x", 1, 6, "text after the end of the value"),
        ("{\n  a 1}", 2, 5, "a colon is missing after the key"),
        ("{\n  a: 01 }", 2, 6, "a number with a leading zero"), ("[\n'a", 2, 1, "a string without end"),
        ("['a\nb']", 1, 4, "a line end inside a string"), ("1\n/* x", 2, 1, "a comment without end"),
        ("1 / 2", 1, 3, "a lone slash"), ("[1", 1, 3, "the text ends inside a value"),
        ("{a:1,", 1, 6, "the text ends inside an object"), ("{,}", 1, 2, "a key is expected"),
        (#"'\x4g'"#, 1, 5, "a hexadecimal digit is missing"), (#"'\01'"#, 1, 4, "an octal escape"),
        (#"{\x61:1}"#, 1, 3, "an escape that is not \\u in a key"), (#"{a\u002d:1}"#, 1, 3, "not a key"),
        ("[.]", 1, 2, "not a number"), ("[1e]", 1, 4, "an exponent without digits"),
        ("\u{FEFF}x", 1, 4, "not a value"),
    ]

    @Test("Lines and columns count from one, columns in bytes", arguments: positions)
    func pointsAtTheOffence(_ text: String, _ line: Int, _ column: Int, _ message: String) {
        #expect(throws: JSON5Fault(message: message, line: line, column: column)) {
            try JSON5Document(parsing: text)
        }
    }

    @Test(
        "Every line end of JSON5 begins a new line", arguments: ["\n", "\r", "\r\n", "\u{2028}", "\u{2029}"])
    func countsLines(_ lineEnd: String) {
        let text = "[1,\(lineEnd)// a\(lineEnd)\(lineEnd)  2 3]"
        #expect(throws: JSON5Fault(message: "a comma is missing", line: 4, column: 5)) {
            try JSON5Document(parsing: text)
        }
    }

    @Test("The summary is one line")
    func summarises() {
        let error = JSON5Fault(message: "not a value", line: 3, column: 14)
        #expect(error.summary == "line 3, column 14: not a value")
    }
}
