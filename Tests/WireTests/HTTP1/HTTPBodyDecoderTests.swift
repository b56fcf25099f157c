import Testing

@testable import Wire

@Suite("RFC 9112 §6, §7 Message bodies")
struct HTTPBodyDecoderTests {
    /// The body and what was left, or nil for the body while more is awaited.
    private func decode(
        _ framing: HTTPBodyDecoder.Framing, _ wire: [UInt8], limit: Int = 1000
    ) throws(HTTPFault) -> (body: [UInt8]?, rest: [UInt8]) {
        var decoder = try HTTPBodyDecoder(framing, maximumBodyBytes: limit)
        let rest = try decoder.feed(wire)
        return (decoder.isComplete ? decoder.body : nil, rest)
    }

    static let lengths: [(Int, String, String?, String)] = [
        (0, "", "", ""), (0, "next", "", "next"), (4, "body", "body", ""), (4, "bodynext", "body", "next"),
        (4, "bod", nil, ""), (4, "", nil, ""),
    ]

    @Test("§6.2: a body by length ends there", arguments: lengths)
    func takesLength(_ length: Int, _ wire: String, _ body: String?, _ rest: String) throws {
        let decoded = try decode(.length(length), utf8(wire))
        #expect(decoded.body == body.map(utf8))
        #expect(decoded.rest == utf8(rest))
    }

    @Test("A length of exactly the limit is taken, one of a byte more refused before a byte of it came")
    func limitsLength() throws {
        #expect(try decode(.length(8), filler(8), limit: 8).body == filler(8))
        #expect(throws: HTTPFault.bodyTooLarge(limitBytes: 8)) { try decode(.length(9), [], limit: 8) }
        #expect(throws: HTTPFault.bodyTooLarge(limitBytes: 8)) { try decode(.length(.max), [], limit: 8) }
    }

    @Test("A body until the end takes everything up to the limit")
    func takesUntilEnd() throws {
        let fault = HTTPFault.bodyTooLarge(limitBytes: 8)
        var decoder = try HTTPBodyDecoder(.untilEnd, maximumBodyBytes: 8)
        for part in ["four", "more"] {
            #expect(try decoder.feed(utf8(part)) == [])
        }
        #expect(!decoder.isComplete)
        var finished = decoder
        try finished.consumeEnd()
        #expect(finished.isComplete && finished.body == utf8("fourmore"))
        #expect(throws: fault) { try decoder.feed([0]) }
    }

    static let chunked: [(String, String)] = [
        ("0\r\n\r\n", ""), ("4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n", "Wikipedia"),
        ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"), ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("0004\r\nWiki\r\n000\r\n\r\n", "Wiki"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ("4;name=value\r\nWiki\r\n0;last\r\n\r\n", "Wiki"), ("4;a=\"b;c\";d\r\nWiki\r\n0\r\n\r\n", "Wiki"),
        ("4 ; a = b\r\nWiki\r\n0\r\n\r\n", "Wiki"), ("4 \t\r\nWiki\r\n0\r\n\r\n", "Wiki"),
        ("4\r\nWiki\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\n", "Wiki"),
        ("10\r\n0123456789abcdef\r\n1\r\ng\r\n0\r\n\r\n", "0123456789abcdefg"),
    ]

    @Test("§7.1: chunks are joined; extensions and trailers are skipped", arguments: chunked)
    func joinsChunks(_ wire: String, _ body: String) throws {
        let decoded = try decode(.chunked, utf8(wire + "next"))
        #expect(decoded.body == utf8(body))
        #expect(decoded.rest == utf8("next"))
    }

    @Test("Chunks may be cut anywhere", arguments: chunked)
    func isIndependentOfCuts(_ wire: String, _ body: String) throws {
        for pieces in cuts(of: utf8(wire)) {
            var decoder = try HTTPBodyDecoder(.chunked, maximumBodyBytes: 100)
            for piece in pieces {
                _ = try decoder.feed(piece)
            }
            #expect(decoder.isComplete && decoder.body == utf8(body), "\(pieces.map(\.count))")
        }
    }

    @Test(
        "A broken chunk is refused",
        arguments: [
            "\r\n", "x\r\n", "-1\r\n", "+1\r\n", "0x4\r\n", " 4\r\n", ";a\r\n", "4\nWiki", "4\rWiki",
            "4;a\nWiki", "4;a\r\r\nWiki", "4\r\nWiki5\r\n", "4\r\nWiki\n", "4\r\nWiki\rx",
            "4\r\nWikipedia\r\n", "4,4\r\n", "1000000000000000\r\n", "FFFFFFFFFFFFFFFFFFFF\r\n",
        ])
    func refusesBrokenChunks(_ wire: String) {
        #expect(throws: HTTPFault.malformedChunk) { try decode(.chunked, utf8(wire), limit: .max) }
    }

    @Test("A chunk that exceeds the limit is refused at its size line, alone or with those before")
    func limitsChunks() throws {
        #expect(try decode(.chunked, utf8("8\r\n12345678\r\n0\r\n\r\n"), limit: 8).body == utf8("12345678"))
        for wire in ["9\r\n", "4\r\nWiki\r\n5\r\n", "FFFFFFFFFFFFFFF\r\n"] {
            #expect(throws: HTTPFault.bodyTooLarge(limitBytes: 8)) {
                try decode(.chunked, utf8(wire), limit: 8)
            }
        }
    }

    @Test("Extensions and trailers without end are refused")
    func limitsFraming() {
        let blanks = [UInt8](repeating: 0x61, count: 9000)
        #expect(throws: HTTPFault.malformedChunk) { try decode(.chunked, utf8("4;") + blanks) }
        #expect(throws: HTTPFault.malformedChunk) { try decode(.chunked, utf8("0\r\n") + blanks) }
        let lines = utf8("0\r\n" + String(repeating: "a: b\r\n", count: 2000))
        #expect(throws: HTTPFault.malformedChunk) { try decode(.chunked, lines) }
    }

    static let unfinished: [(HTTPBodyDecoder.Framing, String)] = [
        (.length(4), ""), (.length(4), "bod"), (.chunked, ""), (.chunked, "4"), (.chunked, "4\r\nWi"),
        (.chunked, "4\r\nWiki\r\n"), (.chunked, "0\r\n"), (.chunked, "0\r\n\r"), (.chunked, "0\r\na: b\r\n"),
    ]

    @Test("§8: a connection that ends inside a body has cut it short", arguments: unfinished)
    func refusesShortBodies(_ framing: HTTPBodyDecoder.Framing, _ wire: String) throws {
        var decoder = try HTTPBodyDecoder(framing, maximumBodyBytes: 100)
        _ = try decoder.feed(utf8(wire))
        #expect(!decoder.isComplete)
        #expect(throws: HTTPFault.cutShort) { try decoder.consumeEnd() }
    }

    @Test("The end after a whole body changes nothing")
    func allowsTheEnd() throws {
        var decoder = try HTTPBodyDecoder(.chunked, maximumBodyBytes: 100)
        _ = try decoder.feed(utf8("1\r\na\r\n0\r\n\r\n"))
        try decoder.consumeEnd()
        #expect(decoder.isComplete && decoder.body == utf8("a"))
    }

    @Test(
        "what is taken as it comes is the same body, whatever way it is split, and the limit is for all of it",
        arguments: [
            (HTTPBodyDecoder.Framing.length(9), "onetwosix"), (.untilEnd, "onetwosix"),
            (.chunked, "3\r\none\r\n6;x=y\r\ntwosix\r\n0\r\nA: b\r\n\r\n"),
        ])
    func takenInParts(framing: HTTPBodyDecoder.Framing, wire: String) throws {
        let bytes = Array(wire.utf8)
        for offset in 0...bytes.count {
            var decoder = try HTTPBodyDecoder(framing, maximumBodyBytes: 9)
            var parts: [UInt8] = []
            for piece in [bytes[..<offset], bytes[offset...]] {
                #expect(try decoder.feed(Array(piece)).isEmpty)
                parts += decoder.takeBody()
                #expect(decoder.body.isEmpty)
            }
            #expect(parts == Array("onetwosix".utf8), "split at \(offset)")
            guard framing != .length(9) else { continue }
            var short = try HTTPBodyDecoder(framing, maximumBodyBytes: 8)
            #expect(throws: HTTPFault.bodyTooLarge(limitBytes: 8)) {
                for byte in bytes {
                    _ = try short.feed([byte])
                    _ = short.takeBody()
                }
            }
        }
    }
}
