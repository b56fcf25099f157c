import Testing

@testable import Wire

@Suite("RFC 9112 §6.3 Message body length")
struct HTTPMessageParserTests {
    typealias Responses = HTTPMessageParser<HTTPResponseHead>

    /// The statuses and bodies of all messages in the pieces, then of the end of the connection.
    private func responses(
        to method: String = "GET", _ pieces: [[UInt8]], end: Bool = true, limit: Int = 1000
    ) throws(HTTPFault) -> [String] {
        var parser = Responses.responses(to: method, maximumBodyBytes: limit)
        var found: [String] = []
        for piece in pieces {
            var rest = piece
            repeat {
                let (message, left) = try parser.feed(rest)
                if let message {
                    found.append("\(message.head.status) \(String(decoding: message.body, as: UTF8.self))")
                }
                rest = left
            } while !rest.isEmpty
        }
        if end, let message = try parser.consumeEnd() {
            found.append(
                "\(message.head.status) \(String(decoding: message.body, as: UTF8.self)) until the end")
        }
        return found
    }

    private func responses(to method: String = "GET", _ text: String, end: Bool = true) throws(HTTPFault)
        -> [String]
    {
        try responses(to: method, [utf8(text)], end: end)
    }

    static let framings: [(String, String)] = [
        ("Content-Length: 2\r\n\r\nok", "200 ok"), ("content-length:2\r\n\r\nok", "200 ok"),
        ("Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", "200 ok"),
        ("Content-Length: 2, 2\r\n\r\nok", "200 ok"), ("Content-Length: 0\r\n\r\n", "200 "),
        ("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "200 ok"),
        ("transfer-encoding: CHUNKED\r\n\r\n2\r\nok\r\n0\r\n\r\n", "200 ok"),
        ("\r\nok", "200 ok until the end"), ("\r\n", "200  until the end"),
        ("Connection: close\r\n\r\nok", "200 ok until the end"),
    ]

    @Test("The fields decide where the body ends", arguments: framings)
    func followsTheFields(_ wire: String, _ message: String) throws {
        #expect(try responses("HTTP/1.1 200 OK\r\n" + wire) == [message])
    }

    static let conflicts: [(String, HTTPFault)] = [
        ("Content-Length: 2\r\nContent-Length: 3", .ambiguousLength),
        ("Content-Length: 2, 3", .ambiguousLength), ("Content-Length: -1", .ambiguousLength),
        ("Content-Length: +1", .ambiguousLength), ("Content-Length: 1x", .ambiguousLength),
        ("Content-Length: 0x1", .ambiguousLength), ("Content-Length: 1 1", .ambiguousLength),
        ("Content-Length:", .ambiguousLength), ("Content-Length: ,", .ambiguousLength),
        ("Content-Length: 99999999999999999999", .ambiguousLength),
        ("Transfer-Encoding: chunked\r\nContent-Length: 2", .ambiguousLength),
        ("Content-Length: 2\r\nTransfer-Encoding: chunked", .ambiguousLength),
        ("Transfer-Encoding: gzip, chunked", .unsupportedTransferCoding),
        ("Transfer-Encoding: chunked, chunked", .unsupportedTransferCoding),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .unsupportedTransferCoding),
        ("Transfer-Encoding: gzip", .unsupportedTransferCoding),
        ("Transfer-Encoding: xchunked", .unsupportedTransferCoding),
        ("Transfer-Encoding:", .unsupportedTransferCoding),
        ("Transfer-Encoding:\r\nContent-Length: 2", .ambiguousLength),
    ]

    @Test("An ambiguous length is refused", arguments: conflicts)
    func refusesConflicts(_ fields: String, _ fault: HTTPFault) {
        #expect(throws: fault) { try responses("HTTP/1.1 200 OK\r\n\(fields)\r\n\r\nok") }
        var parser = HTTPMessageParser<HTTPRequestHead>.requests(maximumBodyBytes: 100)
        #expect(throws: fault) {
            try parser.feed(utf8("POST / HTTP/1.1\r\n\(fields)\r\n\r\nok"))
        }
    }

    static let bodiless: [(String, Int)] = [
        ("HEAD", 200), ("HEAD", 404), ("GET", 204), ("GET", 304), ("GET", 101), ("POST", 204),
    ]

    @Test("Rule 1: responses to HEAD, 204, 304 and 101 have no body, whatever they say", arguments: bodiless)
    func knowsBodilessResponses(_ method: String, _ status: Int) throws {
        for fields in ["", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"] {
            let wire = "HTTP/1.1 \(status) x\r\n\(fields)\r\nHTTP/1.1 \(status) x\r\n\r\n"
            #expect(try responses(to: method, wire) == ["\(status) ", "\(status) "])
        }
    }

    @Test("Pipelined messages come out one by one")
    func takesPipelinedMessages() throws {
        let wire = """
            HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none\
            HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n\
            HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\nthree
            """
        #expect(try responses(wire) == ["200 one", "201 two", "204 ", "202 three until the end"])
    }

    @Test("Interim responses are skipped")
    func skipsInterimResponses() throws {
        let wire =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok"
        #expect(try responses(wire) == ["200 ok until the end"])
    }

    @Test("A body over the limit is refused, in each framing")
    func limitsBodies() {
        for rest in ["Content-Length: 5\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\n", "\r\n12345"] {
            #expect(throws: HTTPFault.bodyTooLarge(limitBytes: 4)) {
                try responses([utf8("HTTP/1.1 200 OK\r\n" + rest)], limit: 4)
            }
        }
    }

    @Test("A head over the limit is refused, for the second message as for the first")
    func limitsHeads() throws {
        var parser = Responses.responses(to: "GET", maximumHeadBytes: 40, maximumBodyBytes: 10)
        let short = utf8("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(try parser.feed(short).result != nil)
        #expect(throws: HTTPFault.headTooLarge(limitBytes: 40)) {
            try parser.feed([UInt8](repeating: 0x61, count: 50))
        }
    }

    @Test(
        "§8: a connection that ends inside a message has cut it short",
        arguments: [
            "H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n",
        ])
    func refusesShortMessages(_ wire: String) {
        #expect(throws: HTTPFault.cutShort) { try responses(wire) }
    }

    @Test("Between messages the parser is idle, and the end is fine")
    func knowsWhenIdle() throws {
        var parser = Responses.responses(to: "GET", maximumBodyBytes: 100)
        #expect(parser.isIdle)
        _ = try parser.feed(utf8("HTTP/1.1 200 "))
        #expect(!parser.isIdle)
        let rest = utf8("OK\r\nContent-Length: 1\r\n\r\n")
        #expect(try parser.feed(rest).result == nil)
        #expect(!parser.isIdle)
        #expect(try parser.feed([0x61]).result != nil)
        #expect(parser.isIdle)
        #expect(try parser.consumeEnd() == nil)
    }

    @Test("A request without length has no body; the next follows at once")
    func takesRequests() throws {
        var parser = HTTPMessageParser<HTTPRequestHead>.requests(maximumBodyBytes: 100)
        let wire = utf8(
            "GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nokGET")
        let (first, rest) = try parser.feed(wire)
        let (second, last) = try parser.feed(rest)
        #expect(first?.head.target == "/a" && first?.body == [])
        #expect(second?.head.target == "/b" && second?.body == utf8("ok"))
        #expect(last == utf8("GET"))
    }

    @Test("Property: where the bytes are cut makes no difference")
    func isIndependentOfCuts() throws {
        let wire = utf8(
            """
            HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none\r\n\
            HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n\
            3;x=y\r\ntwo\r\n2\r\n!!\r\n0\r\nT: x\r\n\r\n\
            HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\nthree
            """)
        let whole = ["200 one", "201 two!!", "304 ", "202 three until the end"]
        for pieces in cuts(of: wire) {
            #expect(try responses(pieces) == whole, "\(pieces.map(\.count))")
        }
    }

    @Test("Property: a broken message fails alike wherever the bytes are cut")
    func failsIndependentlyOfCuts() {
        let wire = utf8("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\nx\r\n")
        for pieces in cuts(of: wire) {
            #expect(throws: HTTPFault.malformedChunk) { try responses(pieces) }
        }
    }

    @Test("a body can be taken as it comes, behind its head")
    func takenInParts() throws {
        let wire = Array("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nonetwo".utf8)
        for offset in 0...wire.count {
            var parser = Responses.responses(to: "GET", maximumBodyBytes: 100)
            var body: [UInt8] = []
            let early = try parser.feed(Array(wire[..<offset])).result
            #expect((parser.head != nil) == (early == nil && offset >= wire.count - 6))
            body += parser.takeBody()
            let message = try early ?? parser.feed(Array(wire[offset...])).result
            #expect(message?.head.status == 200 && body + (message?.body ?? []) == Array("onetwo".utf8))
        }
    }
}

@Suite("Why bytes are not HTTP/1.1")
struct HTTPFaultTests {
    static let summaries: [(HTTPFault, String)] = [
        (.headTooLarge(limitBytes: 16), "the head is larger than 16 bytes"),
        (.malformedStartLine, "the first line is not HTTP/1.1"),
        (.malformedField, "a header field is malformed"),
        (.ambiguousLength, "the body's length is ambiguous"),
        (.unsupportedTransferCoding, "the transfer coding is not chunked"),
        (.malformedChunk, "a chunk is malformed"),
        (.bodyTooLarge(limitBytes: 16), "the body is larger than 16 bytes"),
        (.cutShort, "the connection ended in the middle"),
    ]

    @Test("A fault is told in one line", arguments: summaries)
    func summarises(_ fault: HTTPFault, _ summary: String) {
        #expect(fault.summary == summary)
    }
}
