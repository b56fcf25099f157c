import Testing

@testable import Wire

@Suite("RFC 6455 §4.2 Server requirements")
struct ServerHandshakeTests {
    private static func request(_ lines: [String], start: String = "GET /chat HTTP/1.1") -> [UInt8] {
        utf8(([start] + lines).map { $0 + "\r\n" }.joined() + "\r\n")
    }

    private static let lines = [
        "Host: server.example.com", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    ]

    @Test("§1.3: the example's request gets the example's answer, byte for byte")
    func answersTheExample() {
        let server = RecordedMachine.newServer()
        #expect(server.takeOutgoing().isEmpty)
        #expect(server.events(after: Self.request(Self.lines)) == [.opened])
        #expect(server.takeOutgoing() == utf8(acceptingHead))
        #expect(server.isOpen)
    }

    @Test("Names and tokens are compared without regard to case")
    func ignoresCase() {
        let lines = [
            "hOST: h", "UPGRADE: WebSocket", "connection: keep-alive, upgrade",
            "sec-websocket-key:dGhlIHNhbXBsZSBub25jZQ==", "SEC-WEBSOCKET-VERSION:\t13",
        ]
        let server = RecordedMachine.newServer()
        #expect(server.events(after: Self.request(lines)) == [.opened])
    }

    @Test("What the client offers and the server does not know is not accepted in the answer")
    func acceptsNoOffers() {
        let server = RecordedMachine.newServer()
        let offers = ["Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Protocol: chat"]
        #expect(server.events(after: Self.request(Self.lines + offers)) == [.opened])
        #expect(server.takeOutgoing() == utf8(acceptingHead))
    }

    static let brokenStarts = [
        ("POST /chat HTTP/1.1", "the method is not GET"), ("get /chat HTTP/1.1", "the method is not GET"),
        ("GET /chat HTTP/1.0", "the version is not HTTP/1.1"),
        ("GET /chat", "the first line is not HTTP/1.1"),
        ("GET /a b HTTP/1.1", "the first line is not HTTP/1.1"),
    ]

    @Test("A wrong request line is refused with 400", arguments: brokenStarts)
    func refusesStartLines(_ start: String, _ reason: String) {
        expectRefusal(of: Self.request(Self.lines, start: start), reason)
    }

    /// The line that is left out, what stands in its place, and the reason.
    static let brokenLines: [(Int, [String], String)] = [
        (0, [], "no Host"), (0, ["Host: a", "Host: b"], "no Host"),
        (1, [], "no Upgrade: websocket"), (1, ["Upgrade: websocket2"], "no Upgrade: websocket"),
        (2, [], "no Connection: Upgrade"), (2, ["Connection: close"], "no Connection: Upgrade"),
        (3, [], "no Sec-WebSocket-Key of 16 bytes"),
        (3, ["Sec-WebSocket-Key: "], "no Sec-WebSocket-Key of 16 bytes"),
        (3, ["Sec-WebSocket-Key: Zm9vYmFy"], "no Sec-WebSocket-Key of 16 bytes"),
        (3, ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=!"], "no Sec-WebSocket-Key of 16 bytes"),
        (3, [lines[3], lines[3]], "no Sec-WebSocket-Key of 16 bytes"),
        (4, [], "the version is not 13"), (4, ["Sec-WebSocket-Version: 8"], "the version is not 13"),
        (4, ["Sec-WebSocket-Version: 13, 8"], "the version is not 13"),
        (4, [lines[4], "Bad Name: x"], "a header field is malformed"),
    ]

    @Test("Each rule broken by itself is refused with 400 and its reason", arguments: brokenLines)
    func refusesFields(_ index: Int, _ replacement: [String], _ reason: String) {
        var lines = Self.lines
        lines.replaceSubrange(index...index, with: replacement)
        expectRefusal(of: Self.request(lines), reason)
    }

    @Test("A head without end is refused at the limit")
    func limitsTheHead() {
        let server = RecordedMachine.newServer(limits: WebSocketLimits(maximumHeadBytes: 100))
        server.receive([UInt8](repeating: 0x61, count: 100))
        #expect(server.takeEvents() == [.failed(.handshake("the head is larger than 100 bytes"))])
        #expect(server.takeOutgoing().starts(with: utf8("HTTP/1.1 400 ")))
    }

    @Test("Frames right behind the request are taken")
    func takesTheFirstFrame() {
        let server = RecordedMachine.newServer()
        let frame: [UInt8] = [0x81, 0x81, 0x01, 0x00, 0x00, 0x00, 0x60]
        #expect(server.events(after: Self.request(Self.lines) + frame) == [.opened, .message(.text([0x61]))])
    }

    private func expectRefusal(of request: [UInt8], _ reason: String) {
        let server = RecordedMachine.newServer()
        #expect(server.events(after: request + [0x81, 0x00]) == [.failed(.handshake(reason))])
        let refusal = """
            HTTP/1.1 400 Bad Request\r
            Connection: close\r
            Content-Length: 0\r
            Sec-WebSocket-Version: 13\r
            \r

            """
        #expect(server.takeOutgoing() == utf8(refusal))
        #expect(server.isFinished)
    }
}
