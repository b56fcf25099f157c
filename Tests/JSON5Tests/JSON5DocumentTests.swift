import Testing

@testable import JSON5

@Suite("Documents keep their text")
struct JSON5DocumentTests {
    @Test(
        "The text comes back byte for byte",
        arguments: [
            "1", "\u{FEFF}1", "{}\n", "{}\r\n", " \t{ a : 1 , } // é\r",
            "/* e\u{301} \u{E9} */[\u{A0}'\\u0041',\u{2028}.5,]", "{'e\u{301}':'\u{0}'}", "\r\n\r\n[\n]\n\n",
        ])
    func keepsTheText(_ text: String) throws {
        let document = try JSON5Document(parsing: text)
        #expect(document.bytes == Array(text.utf8))
        #expect(document.text.utf8.elementsEqual(text.utf8))
    }

    @Test("A text of exactly the limit is parsed, one of a byte more is not")
    func limitsTheText() throws {
        var bytes = [UInt8](repeating: 0x20, count: JSON5Document.maximumBytes)
        bytes[bytes.count - 1] = UInt8(ascii: "1")
        #expect(try JSON5Document(parsing: bytes).root.range == bytes.count - 1..<bytes.count)
        #expect(throws: JSON5Fault(message: "the text is larger than 8388608 bytes", line: 1, column: 1)) {
            try JSON5Document(parsing: [0x20] + bytes)
        }
    }

    @Test("a text of nothing but values is refused before it takes hundreds of MiB")
    func tooManyValues() throws {
        let values = Array(("[" + String(repeating: "0,", count: 1_000) + "]").utf8)
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: values, maximumValues: 1_000) }
        #expect(throws: Never.self) { try JSON5Document(parsing: values, maximumValues: 1_001) }
    }
}
