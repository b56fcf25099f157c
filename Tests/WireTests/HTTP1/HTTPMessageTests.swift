import Testing

@testable import Wire

@Suite("Whole requests and responses")
struct HTTPMessageTests {
    @Test("A request without fields and body has none")
    func buildsRequests() {
        let request = HTTPRequest(method: "GET", url: "https://example.com/")
        #expect(request.fields == HTTPFields() && request.body.isEmpty)
        #expect(request != HTTPRequest(method: "GET", url: "https://example.com/", body: [0]))
    }

    @Test("A response has the status of its head")
    func buildsResponses() {
        let response = HTTPResponse(head: HTTPResponseHead(status: 404, reason: "Not Found"))
        #expect(response.status == 404 && response.body.isEmpty)
    }
}

@Suite("RFC 9112 §3, §4 Heads on the wire")
struct HTTPHeadTests {
    @Test("A request head is written in order, ending in the empty line")
    func writesRequests() {
        let fields = HTTPFields([("Host", "h:1"), ("b", "2"), ("B", ""), ("a", "1")])
        let head = HTTPRequestHead(method: "POST", target: "/x?y", fields: fields)
        #expect(head.serialized() == utf8("POST /x?y HTTP/1.1\r\nHost: h:1\r\nb: 2\r\nB: \r\na: 1\r\n\r\n"))
    }

    @Test("A response head is written with the blank before an empty reason")
    func writesResponses() {
        #expect(HTTPResponseHead(status: 200, reason: "OK").serialized() == utf8("HTTP/1.1 200 OK\r\n\r\n"))
        #expect(HTTPResponseHead(status: 204).serialized() == utf8("HTTP/1.1 204 \r\n\r\n"))
    }

    static let injections = [
        ("a\r\nX-Evil: 1", "a  X-Evil: 1"), ("a\nX-Evil: 1", "a X-Evil: 1"), ("a\rX-Evil: 1", "a X-Evil: 1"),
        ("a\r\n\r\nbody", "a    body"), ("a\0b", "a b"), ("\r\n", "  "),
    ]

    @Test("A value, name, target or reason can never start a new line", arguments: injections)
    func neutralisesInjections(_ text: String, _ written: String) {
        let request = HTTPRequestHead(
            method: "GET", target: text, fields: HTTPFields([("X", text), (text, "y")]))
        #expect(
            request.serialized() == utf8("GET \(written) HTTP/1.1\r\nX: \(written)\r\n\(written): y\r\n\r\n"))
        let response = HTTPResponseHead(status: 200, reason: text, fields: HTTPFields([("X", text)]))
        #expect(response.serialized() == utf8("HTTP/1.1 200 \(written)\r\nX: \(written)\r\n\r\n"))
    }

    @Test("What is written is what is read")
    func roundTrips() throws {
        let fields = HTTPFields([("Host", "h"), ("Accept", "a, b"), ("accept", "c"), ("Empty", "")])
        let request = HTTPRequestHead(method: "GET", target: "/", fields: fields)
        let response = HTTPResponseHead(status: 418, reason: "I'm a teapot", fields: fields)
        var parser = HTTPHeadParser()
        let wire = request.serialized() + response.serialized()
        let (first, rest) = try parser.feed(wire)
        let (second, nothing) = try parser.feed(rest)
        #expect(try #require(first).request() == request)
        #expect(try #require(second).response() == response)
        #expect(nothing.isEmpty)
    }
}
