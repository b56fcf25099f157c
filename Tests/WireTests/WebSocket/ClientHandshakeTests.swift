import Testing

@testable import Wire

@Suite("RFC 6455 §4.1 Client requirements")
struct ClientHandshakeTests {
    static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    /// The answer of §1.3 with lines replaced, added or (with an empty text) left out.
    private static func answer(_ changes: [String: String] = [:], adding more: [String] = []) -> [UInt8] {
        let lines = ["status", "Upgrade", "Connection", "Sec-WebSocket-Accept"].map { name in
            changes[name]
                ?? [
                    "status": "HTTP/1.1 101 Switching Protocols", "Upgrade": "Upgrade: websocket",
                    "Connection": "Connection: Upgrade",
                    "Sec-WebSocket-Accept": "Sec-WebSocket-Accept: \(accept)",
                ][name, default: ""]
        }
        return utf8((lines + more).filter { !$0.isEmpty }.map { $0 + "\r\n" }.joined() + "\r\n")
    }

    @Test("§1.3: the example's key has the example's accept value")
    func computesAccept() {
        #expect(ClientHandshake.accept(key: "dGhlIHNhbXBsZSBub25jZQ==", sha1: SHA1.hash) == Self.accept)
    }

    @Test("The request carries what §4.1 asks for, byte for byte")
    func writesTheRequest() {
        let client = RecordedMachine.newClient()
        let request = """
            GET /chat HTTP/1.1\r
            Host: server.example.com\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r

            """
        #expect(client.takeOutgoing() == utf8(request))
        #expect(!client.isOpen && !client.isFinished)
    }

    @Test("More fields and the subprotocols come behind")
    func writesMoreFields() {
        let handshake = ClientHandshake(
            host: "h", target: "/", nonce: exampleNonce, subprotocols: ["chat", "superchat"],
            fields: HTTPFields([("Origin", "https://example.com")]), sha1: SHA1.hash)
        #expect(handshake.requestHead.fields["Sec-WebSocket-Protocol"] == "chat, superchat")
        #expect(
            handshake.requestHead.fields.entries.last == .init(name: "Origin", value: "https://example.com"))
        #expect(handshake.requestHead.fields.entries.count == 7)
    }

    static let accepted: [([String: String], [String])] = [
        ([:], []), (["Upgrade": "upgrade: WebSocket"], []), (["Connection": "CONNECTION: upgrade"], []),
        (["Connection": "Connection: keep-alive, UPGRADE"], []), (["Upgrade": "Upgrade:websocket"], []),
        (["Connection": "Connection: keep-alive\r\nConnection: Upgrade"], []),
        (["status": "HTTP/1.1 101 "], []), (["status": "HTTP/1.1 101"], []),
        ([:], ["Server: x", "Date: today"]),
        (["Sec-WebSocket-Accept": "sec-websocket-accept:\t\(accept) "], []),
        ([:], ["Sec-WebSocket-Protocol: superchat"]),
    ]

    @Test("A right answer opens the connection, whatever the case of its names", arguments: accepted)
    func accepts(_ changes: [String: String], _ more: [String]) {
        let client = RecordedMachine.newClient(subprotocols: ["chat", "superchat"])
        #expect(client.events(after: Self.answer(changes, adding: more)) == [.opened])
        #expect(client.isOpen)
    }

    static let refused: [([String: String], [String], String)] = [
        (["Upgrade": ""], [], "no Upgrade: websocket"),
        (["Upgrade": "Upgrade: h2c"], [], "no Upgrade: websocket"),
        (["Connection": ""], [], "no Connection: Upgrade"),
        (["Connection": "Connection: keep-alive"], [], "no Connection: Upgrade"),
        (["Connection": "Connection: Upgraded"], [], "no Connection: Upgrade"),
        (["Sec-WebSocket-Accept": ""], [], "wrong Sec-WebSocket-Accept"),
        (
            ["Sec-WebSocket-Accept": "Sec-WebSocket-Accept: \(accept.lowercased())"], [],
            "wrong Sec-WebSocket-Accept"
        ),
        (["Sec-WebSocket-Accept": "Sec-WebSocket-Accept: AAAA"], [], "wrong Sec-WebSocket-Accept"),
        ([:], ["Sec-WebSocket-Accept: \(accept)"], "wrong Sec-WebSocket-Accept"),
        ([:], ["Sec-WebSocket-Accept: AAAA"], "wrong Sec-WebSocket-Accept"),
        ([:], ["Sec-WebSocket-Extensions: permessage-deflate"], "an extension that was not offered"),
        ([:], ["Sec-WebSocket-Protocol: chat"], "a subprotocol that was not offered"),
        ([:], ["Sec-WebSocket-Protocol: "], "a subprotocol that was not offered"),
        ([:], ["No colon"], "a header field is malformed"),
        ([:], [" folded: line"], "a header field is malformed"),
        (["status": "HTTP/2 101 x"], [], "the first line is not HTTP/1.1"),
        (["status": "SSH-2.0-OpenSSH_9.2"], [], "the first line is not HTTP/1.1"),
    ]

    @Test("A wrong answer fails the handshake with its reason", arguments: refused)
    func refuses(_ changes: [String: String], _ more: [String], _ reason: String) {
        let client = RecordedMachine.newClient()
        _ = client.takeOutgoing()
        let events = client.events(after: Self.answer(changes, adding: more) + [0x81, 0x01, 0x61])
        #expect(events == [.failed(.handshake(reason))])
        #expect(client.isFinished && client.takeOutgoing().isEmpty)
    }

    @Test("Of the offered subprotocols the server may choose one, and once")
    func refusesTwoSubprotocols() {
        let client = RecordedMachine.newClient(subprotocols: ["chat", "superchat"])
        let answer = Self.answer(adding: [
            "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: superchat",
        ])
        #expect(client.events(after: answer) == [.failed(.handshake("a subprotocol that was not offered"))])
    }

    static let statuses: [(String, [String], Int, Int?)] = [
        ("HTTP/1.1 200 OK", [], 200, nil), ("HTTP/1.1 301 Moved", [], 301, nil),
        ("HTTP/1.1 304 Not Modified", ["Location: /"], 304, nil),
        ("HTTP/1.1 401 Unauthorized", [], 401, nil), ("HTTP/1.0 404 Not Found", [], 404, nil),
        ("HTTP/1.1 429 Too Many", ["Retry-After: 30"], 429, 30),
        ("HTTP/1.1 503 Busy", ["retry-after:7"], 503, 7),
        ("HTTP/1.1 503 Busy", ["Retry-After: Wed, 21 Oct 2026 07:28:00 GMT"], 503, nil),
        ("HTTP/1.1 503 Busy", ["Retry-After: -1"], 503, nil),
        ("HTTP/1.1 503 Busy", ["Retry-After: "], 503, nil),
    ]

    @Test("Another status than 101 is reported with Retry-After in seconds", arguments: statuses)
    func reportsRefusal(_ start: String, _ more: [String], _ status: Int, _ retryAfter: Int?) {
        let client = RecordedMachine.newClient()
        let events = client.events(after: Self.answer(["status": start], adding: more))
        #expect(events == [.failed(.refused(status: status, retryAfterSeconds: retryAfter))])
    }

    @Test("A redirection is reported with its place", arguments: [301, 302, 303, 307, 308])
    func reportsRedirection(status: Int) {
        let client = RecordedMachine.newClient()
        let events = client.events(after: utf8("HTTP/1.1 \(status) Moved\r\nLocation: /there\r\n\r\n"))
        #expect(events == [.failed(.redirected(status: status, location: "/there"))])
    }

    @Test("Interim responses before the answer are skipped")
    func skipsInterimResponses() {
        let client = RecordedMachine.newClient()
        let interim = utf8("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        #expect(client.events(after: interim).isEmpty)
        #expect(client.events(after: Self.answer()) == [.opened])
    }

    @Test("The first frame may come right behind the head")
    func takesTheFirstFrame() {
        let client = RecordedMachine.newClient()
        let events = client.events(after: Self.answer() + [0x81, 0x02] + utf8("\r\n") + [0x89, 0x00])
        #expect(events == [.opened, .message(.text(utf8("\r\n"))), .ping])
    }

    @Test("A head without end fails at the limit, and not before")
    func limitsTheHead() {
        let client = RecordedMachine.newClient(limits: WebSocketLimits(maximumHeadBytes: 64))
        #expect(client.events(after: utf8("HTTP/1.1 101 ") + [UInt8](repeating: 0x61, count: 50)).isEmpty)
        let fault = WebSocketFault.handshake("the head is larger than 64 bytes")
        #expect(client.events(after: [0x61]) == [.failed(fault)])
        #expect(fault.closeCode == nil)
    }

    @Test("Garbage instead of a head fails the handshake")
    func refusesGarbage() {
        let client = RecordedMachine.newClient()
        let events = client.events(after: [0x15, 0x03, 0x01, 0x02, 0xFF] + utf8("\r\n\r\n"))
        #expect(events == [.failed(.handshake("the first line is not HTTP/1.1"))])
    }

    @Test("A connection that ends before the answer has failed", arguments: [0, 1, 40])
    func endBeforeTheAnswer(_ count: Int) {
        let client = RecordedMachine.newClient()
        client.receive(Array(Self.answer().prefix(count)))
        client.receiveEnd()
        #expect(client.takeEvents() == [.failed(.handshake("the connection ended before the answer"))])
        #expect(client.isFinished)
    }

    @Test("The subprotocol that the server chose can be asked for", arguments: ["chat", "superchat", nil])
    func tellsTheSubprotocol(_ chosen: String?) {
        let client = RecordedMachine.newClient(subprotocols: ["chat", "superchat"])
        #expect(client.subprotocol == nil)
        client.receive(Self.answer(adding: chosen.map { ["Sec-WebSocket-Protocol: \($0)"] } ?? []))
        #expect(client.isOpen && client.subprotocol == chosen)
    }
}
