import Testing

@testable import Wire

@Suite("RFC 6455 §5.5.1 and §7 Closing the connection")
struct WebSocketMachineCloseTests {
    typealias SendFailure = WebSocketMachine.SendFailure

    @Test("The peer's code is echoed and its reason reported")
    func answersClose() throws {
        let client = RecordedMachine.openClient()
        let events = client.events(after: [0x88, 0x06, 0x0F, 0xA0] + utf8("gone"))
        #expect(events == [.closed(code: .takenOver, reason: "gone")])
        #expect(try client.sentFrames() == [SentFrame(.close, [0x0F, 0xA0], key: exampleKey)])
        #expect(client.isFinished && !client.isOpen && client.fault == nil)
    }

    @Test("A server echoes without mask")
    func serverAnswersClose() {
        let server = RecordedMachine.openServer()
        #expect(
            server.events(after: [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE9]) == [
                .closed(code: .goingAway, reason: "")
            ])
        #expect(server.takeOutgoing() == [0x88, 0x02, 0x03, 0xE9])
    }

    @Test("An empty Close frame has no code and is answered with an empty one")
    func answersEmptyClose() throws {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x88, 0x00]) == [.closed(code: nil, reason: "")])
        #expect(try client.sentFrames() == [SentFrame(.close, [], key: exampleKey)])
    }

    @Test("A body of one byte fails the connection")
    func refusesOneByte() throws {
        let client = RecordedMachine.openClient()
        try client.expectFailure(on: [0x88, 0x01, 0x03], with: .protocolError)
        #expect(client.fault == .protocolViolation("a close frame of one byte"))
    }

    @Test(
        "A reason that is not UTF-8 fails the connection with 1007",
        arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x61, 0xC0, 0x80]] as [[UInt8]])
    func refusesBadReasons(_ reason: [UInt8]) throws {
        let client = RecordedMachine.openClient()
        let frame = [0x88, UInt8(2 + reason.count), 0x03, 0xE8] + reason
        try client.expectFailure(on: frame, with: .invalidPayload)
    }

    @Test("A reason of 123 bytes is taken whole")
    func allowsLongReasons() {
        let client = RecordedMachine.openClient()
        let reason = String(repeating: "r", count: 123)
        let events = client.events(after: [0x88, 0x7D, 0x03, 0xE8] + utf8(reason))
        #expect(events == [.closed(code: .normal, reason: reason)])
    }

    @Test("Nothing after the peer's Close frame is delivered or answered")
    func ignoresWhatFollows() {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x88, 0x00, 0x81, 0x01, 0x61, 0x89, 0x00, 0x83, 0x00]).count == 1)
        _ = client.takeOutgoing()
        #expect(client.events(after: [0x88, 0x00, 0x89, 0x00]).isEmpty)
        client.receiveEnd()
        #expect(client.takeEvents().isEmpty && client.takeOutgoing().isEmpty && client.fault == nil)
    }

    @Test("A close that we start carries code and reason, and the answer ends it")
    func startsClose() throws {
        let client = RecordedMachine.openClient()
        try client.sendClose(.normal, reason: "bye")
        let wire: [UInt8] = [0x88, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x34, 0x12, 0x43, 0x44, 0x52]
        #expect(client.takeOutgoing() == wire)
        #expect(!client.isOpen && !client.isFinished)
        #expect(client.events(after: [0x88, 0x02, 0x03, 0xE8]) == [.closed(code: .normal, reason: "")])
        #expect(client.isFinished && client.takeOutgoing().isEmpty)
    }

    @Test("Messages on their way when we close are still delivered")
    func deliversWhileClosing() throws {
        let client = RecordedMachine.openClient()
        client.receive([0x01, 0x01, 0x61])
        try client.sendClose(.normal)
        #expect(client.events(after: [0x80, 0x01, 0x62]) == [.message(.text(utf8("ab")))])
    }

    @Test("§5.5.2: a ping after our Close frame is not answered")
    func doesNotAnswerPingsWhileClosing() throws {
        let client = RecordedMachine.openClient()
        try client.sendClose(.normal)
        _ = client.takeOutgoing()
        client.receive([0x89, 0x01, 0x61])
        #expect(client.takeOutgoing().isEmpty)
    }

    @Test("An offence after our Close frame sends no second one")
    func sendsOneClose() throws {
        let client = RecordedMachine.openClient()
        try client.sendClose(.normal)
        _ = client.takeOutgoing()
        #expect(client.events(after: [0x83, 0x00]) == [.failed(.protocolViolation("reserved opcode 3"))])
        #expect(client.takeOutgoing().isEmpty && client.isFinished)
    }

    @Test("Both sides closing at once is a complete closing handshake")
    func allowsSimultaneousClose() throws {
        let (client, server) = (RecordedMachine.openClient(), RecordedMachine.openServer())
        try client.sendClose(.normal)
        try server.sendClose(.goingAway)
        let (fromClient, fromServer) = (client.takeOutgoing(), server.takeOutgoing())
        #expect(client.events(after: fromServer) == [.closed(code: .goingAway, reason: "")])
        #expect(server.events(after: fromClient) == [.closed(code: .normal, reason: "")])
        #expect(client.takeOutgoing().isEmpty && server.takeOutgoing().isEmpty)
    }

    @Test("A connection that ends while our Close frame waits for its answer has failed")
    func endWhileClosing() throws {
        let client = RecordedMachine.openClient()
        try client.sendClose(.normal)
        client.receiveEnd()
        #expect(client.takeEvents() == [.failed(.endedWithoutClose)])
    }

    @Test("After a Close frame, nothing can be sent")
    func refusesToSendAfterClose() throws {
        let starter = RecordedMachine.openClient()
        try starter.sendClose(.normal)
        let answerer = RecordedMachine.openClient()
        answerer.receive([0x88, 0x00])
        let failed = RecordedMachine.openClient()
        failed.receive([0x83, 0x00])
        for connection in [starter, answerer, failed, .newClient(), .newServer()] {
            _ = connection.takeOutgoing()
            #expect(throws: SendFailure.notOpen) { try connection.send(.text([])) }
            #expect(throws: SendFailure.notOpen) { try connection.send(.binary([])) }
            #expect(throws: SendFailure.notOpen) { try connection.sendPing() }
            #expect(throws: SendFailure.notOpen) { try connection.sendClose(.normal) }
            #expect(connection.takeOutgoing().isEmpty)
        }
    }

    @Test(
        "A code that may not stand in a frame is refused",
        arguments: [0, 999, 1005, 1006, 1015, 5000] as [UInt16])
    func refusesInvalidCodes(_ code: UInt16) {
        let client = RecordedMachine.openClient()
        #expect(throws: SendFailure.invalidCloseCode) { try client.sendClose(CloseCode(rawValue: code)) }
        #expect(client.isOpen && client.takeOutgoing().isEmpty)
    }

    /// A reason, and how many of its bytes are sent.
    static let reasons: [(String, Int)] = [
        (String(repeating: "r", count: 123), 123), (String(repeating: "r", count: 124), 123),
        (String(repeating: "é", count: 62), 122), (String(repeating: "€", count: 42), 123),
        ("r" + String(repeating: "😀", count: 31), 121), (String(repeating: "r", count: 5000), 123),
        (String(repeating: "r", count: 122) + "é", 122),
        (String(repeating: "r", count: 122) + "e\u{301}", 122),
    ]

    @Test("A long reason is cut to 123 bytes at a character", arguments: reasons)
    func cutsReasons(_ reason: String, _ count: Int) throws {
        let client = RecordedMachine.openClient()
        try client.sendClose(.normal, reason: reason)
        let frame = try #require(try client.sentFrames().first)
        #expect(frame.payload == SentFrame.closeBody(1000) + utf8(reason).prefix(count))
        #expect(String(validating: frame.payload.dropFirst(2), as: UTF8.self) != nil)
    }
}
