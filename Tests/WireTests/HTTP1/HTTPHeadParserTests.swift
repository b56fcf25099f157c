import Testing

@testable import Wire

@Suite("RFC 9112 §2 to §5 Message heads")
struct HTTPHeadParserTests {
    private func response(_ text: String) throws(HTTPFault) -> HTTPResponseHead? {
        var parser = HTTPHeadParser()
        let lines = try parser.feed(utf8(text)).result
        guard let lines else { return nil }
        return try lines.response()
    }

    private func request(_ text: String) throws(HTTPFault) -> HTTPRequestHead? {
        var parser = HTTPHeadParser()
        let lines = try parser.feed(utf8(text)).result
        guard let lines else { return nil }
        return try lines.request()
    }

    @Test("A response head is parsed and what follows is left alone")
    func parsesResponses() throws {
        var parser = HTTPHeadParser()
        let wire = utf8("HTTP/1.1 404 Not Found\r\nServer: x\r\nContent-Length:  4 \r\n\r\nbody")
        let (lines, rest) = try parser.feed(wire)
        let head = try try #require(lines).response()
        let fields = HTTPFields([("Server", "x"), ("Content-Length", "4")])
        #expect(head == HTTPResponseHead(status: 404, reason: "Not Found", fields: fields))
        #expect(rest == utf8("body"))
        #expect(parser.isEmpty)
    }

    @Test("A request head is parsed")
    func parsesRequests() throws {
        let head = try request("M-SEARCH /a?b=c%20d HTTP/1.1\r\nHost: h\r\n\r\n")
        let fields = HTTPFields([("Host", "h")])
        #expect(head == HTTPRequestHead(method: "M-SEARCH", target: "/a?b=c%20d", fields: fields))
    }

    @Test("§2.3: a request of HTTP/1.0 is known as such")
    func readsOldRequests() throws {
        #expect(try request("GET / HTTP/1.0\r\n\r\n")?.isHTTP11 == false)
        #expect(try request("GET / HTTP/1.1\r\n\r\n")?.isHTTP11 == true)
    }

    @Test("§2.2: empty lines before the head are skipped", arguments: ["\r\n", "\r\n\r\n", "\n"])
    func skipsLeadingEmptyLines(_ prefix: String) throws {
        #expect(try response(prefix + "HTTP/1.1 200 OK\r\n\r\n")?.status == 200)
    }

    static let startLines: [(String, Int, String, Bool)] = [
        ("HTTP/1.1 200 OK", 200, "OK", true), ("HTTP/1.1 200 ", 200, "", true),
        ("HTTP/1.1 200", 200, "", true), ("HTTP/1.0 301 Moved  for good", 301, "Moved  for good", false),
        ("HTTP/1.1 100 Continue", 100, "Continue", true), ("HTTP/1.1 599 Ä", 599, "Ä", true),
    ]

    @Test("§4: a status line has a version, three digits and perhaps a reason", arguments: startLines)
    func readsStatusLines(_ line: String, _ status: Int, _ reason: String, _ isHTTP11: Bool) throws {
        let head = HTTPResponseHead(status: status, reason: reason, isHTTP11: isHTTP11)
        #expect(try response(line + "\r\n\r\n") == head)
    }

    @Test(
        "A bad status line is refused",
        arguments: [
            "garbage", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1  200 OK", "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK",
            "HTTP/1.1 099 x", "HTTP/1.1 600 x", "HTTP/1.1 2x0 OK", "HTTP/1.1 +20 OK", "HTTP/1.1 -20 OK",
            "HTTP/2 200 OK", "HTTP/1.2 200 OK", "http/1.1 200 OK", " HTTP/1.1 200 OK", "ICY 200 OK",
            "HTTP/1.1\t200\tOK",
        ])
    func refusesStatusLines(_ line: String) {
        #expect(throws: HTTPFault.malformedStartLine) { try response(line + "\r\n\r\n") }
    }

    @Test(
        "§3: a bad request line is refused",
        arguments: [
            "GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /a b HTTP/1.1",
            "G(T / HTTP/1.1", "GET / HTTP/2.0", "GET / http/1.1", " / HTTP/1.1", "GET  HTTP/1.1",
        ])
    func refusesRequestLines(_ line: String) {
        #expect(throws: HTTPFault.malformedStartLine) { try request(line + "\r\n\r\n") }
    }

    static let fieldLines = [
        ("a:b", "a", "b"), ("A-1: \t b c \t", "A-1", "b c"), ("empty:", "empty", ""),
        ("blank: \t", "blank", ""), ("url: http://x:1/", "url", "http://x:1/"),
        ("quoted: \"a, b\"", "quoted", "\"a, b\""), ("tab: a\tb", "tab", "a\tb"),
        ("!#$%&'*+-.^_`|~: token", "!#$%&'*+-.^_`|~", "token"), ("x: é", "x", "é"),
        ("x:\u{301}y", "x", "\u{301}y"),
    ]

    @Test("§5: a field line is a name, a colon and a trimmed value", arguments: fieldLines)
    func readsFields(_ line: String, _ name: String, _ value: String) throws {
        let head = try response("HTTP/1.1 200 OK\r\n\(line)\r\n\r\n")
        #expect(head?.fields == HTTPFields([(name, value)]))
    }

    @Test(
        "A bad field line is refused",
        arguments: [
            "no colon", ": no name", " leading: blank", "\tleading: tab", "space : before colon", "tab\t: x",
            "na me: x", "na(me: x", "näme: x", "a: b\r\n folded", "a: b\r\n\tfolded: c", "a: b\nc: d",
            "a: b\rc", "a: b\0c", "a\0: b", "a: b\u{1}", "a: \u{7F}", "a: b\r\r\nc: d", "a: b\n",
        ])
    func refusesFields(_ line: String) {
        #expect(throws: HTTPFault.malformedField) { try response("HTTP/1.1 200 OK\r\n\(line)\r\n\r\n") }
    }

    @Test("A bare line feed ends no line, so such a head never ends")
    func needsCarriageReturns() throws {
        #expect(try response("HTTP/1.1 200 OK\nServer: x\n\n") == nil)
        #expect(throws: HTTPFault.malformedField) { try response("HTTP/1.1 200 OK\nServer: x\r\n\r\n") }
    }

    @Test("Bytes that are not UTF-8 in a value are replaced, never trusted")
    func decodesLeniently() throws {
        var parser = HTTPHeadParser()
        let wire = utf8("HTTP/1.1 200 OK\r\na: ") + [0xE9, 0xFF] + utf8("\r\n\r\n")
        let lines = try parser.feed(wire).result
        #expect(try #require(lines).response().fields["a"] == "\u{FFFD}\u{FFFD}")
    }

    @Test("A head of exactly the limit is taken, one of a byte more is not")
    func limitsTheHead() throws {
        let wire = utf8("HTTP/1.1 200 OK\r\na: b\r\n\r\n")
        var exact = HTTPHeadParser(maximumHeadBytes: wire.count)
        #expect(try exact.feed(wire).result != nil)
        var short = HTTPHeadParser(maximumHeadBytes: wire.count - 1)
        #expect(throws: HTTPFault.headTooLarge(limitBytes: wire.count - 1)) {
            try short.feed(wire)
        }
    }

    @Test("A head may arrive in any two pieces, or byte by byte")
    func isIndependentOfCuts() throws {
        let wire = utf8("\r\nHTTP/1.1 200 OK\r\nA: b\r\nC:\r\n\r\n")
        for pieces in cuts(of: wire) {
            var parser = HTTPHeadParser()
            var found: [String]?
            for piece in pieces {
                let lines = try parser.feed(piece).result
                found = lines?.texts ?? found
            }
            #expect(found == ["HTTP/1.1 200 OK", "A: b", "C:"], "\(pieces.map(\.count))")
        }
    }
}
