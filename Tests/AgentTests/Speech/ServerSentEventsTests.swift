import Testing

@testable import Agent

@Suite("WHATWG HTML 9.2.6: data out of an event stream")
struct ServerSentEventsTests {
    static let streams: [(String, [String])] = [
        ("data: one\n\ndata: two\n\n", ["one", "two"]),
        ("data: one\r\ndata: more\r\n\r\ndata:two\r\n\r\n", ["one\nmore", "two"]),
        ("data: one\r\rdata: two\r\r", ["one", "two"]),
        ("\u{FEFF}data: one\n\n", ["one"]),
        (": a comment\n:\ndata: one\n: another\n\n", ["one"]),
        ("event: x\nid: 7\nretry: 10\ndata: one\n\n", ["one"]),
        ("data\n\ndata:\n\ndata: one\n\n", ["one"]),
        ("data:  two blanks\n\n", [" two blanks"]),
        ("\n\n\ndata: one\n\n\n", ["one"]),
        ("database: no\ndata: one\n\n", ["one"]),
        ("data: Tomás 🦷 日本\n\n", ["Tomás 🦷 日本"]),
        ("data: not ended", []), ("data: not ended\n", []), ("", []),
    ]

    @Test("whatever way the bytes are split", arguments: streams)
    func splits(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        for offset in 0...bytes.count {
            var events = ServerSentEvents()
            let found = try events.take(Array(bytes[..<offset])) + events.take(Array(bytes[offset...]))
            #expect(found == expected, "split at \(offset)")
        }
        var single = ServerSentEvents()
        var found: [String] = []
        for byte in bytes { found += try single.take([byte]) }
        #expect(found == expected)
    }

    @Test("bytes that are no UTF-8 become replacement characters")
    func badBytes() throws {
        var events = ServerSentEvents()
        #expect(try events.take(Array("data: a".utf8) + [0xFF] + Array("b\n\n".utf8)) == ["a\u{FFFD}b"])
    }

    @Test(
        "a line without end, and an event without end, are given up", arguments: ["x", "data: 0123456789\n"])
    func bomb(piece: String) {
        var events = ServerSentEvents()
        let bytes = Array(String(repeating: piece, count: (64 << 10) / piece.utf8.count).utf8)
        #expect(throws: ServerSentEvents.TooLong.self) {
            for _ in 0..<64 { _ = try events.take(bytes) }
        }
    }
}
