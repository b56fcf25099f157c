import Testing

@testable import Wire

@Suite("RFC 6455 §5.5.2, §5.5.3 Ping and pong")
struct WebSocketMachinePingTests {
    @Test("A ping is answered with its own payload", arguments: [0, 1, 5, 124, 125])
    func answersPings(_ count: Int) throws {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x89, UInt8(count)] + filler(count)) == [.ping])
        #expect(try client.sentFrames() == [SentFrame(.pong, filler(count), key: exampleKey)])
    }

    @Test("A server answers without mask")
    func serverAnswersPings() {
        let server = RecordedMachine.openServer()
        let ping: [UInt8] = [0x89, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(server.events(after: ping) == [.ping])
        #expect(server.takeOutgoing() == [0x8A, 0x05] + utf8("Hello"))
    }

    @Test("Each of several pings is answered, in order")
    func answersEveryPing() throws {
        let client = RecordedMachine.openClient()
        client.receive([0x89, 0x01, 0x61, 0x89, 0x01, 0x62, 0x89, 0x00])
        #expect(try client.sentFrames().map(\.payload) == [[0x61], [0x62], []])
    }

    @Test("A pong is reported with its payload and not answered")
    func reportsPongs() {
        let client = RecordedMachine.openClient()
        #expect(
            client.events(after: [0x8A, 0x02, 0xFF, 0x00, 0x8A, 0x00]) == [.pong([0xFF, 0x00]), .pong([])])
        #expect(client.takeOutgoing().isEmpty)
    }

    @Test("Our ping carries its payload")
    func sendsPings() throws {
        let (client, server) = (RecordedMachine.openClient(), RecordedMachine.openServer())
        try client.sendPing(utf8("Hello"))
        let wire = client.takeOutgoing()
        #expect(wire == [0x89, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        server.receive(wire)
        #expect(client.events(after: server.takeOutgoing()) == [.pong(utf8("Hello"))])
    }

    @Test("§5.5: a ping of 125 bytes is sent, one of 126 refused")
    func limitsPings() throws {
        let client = RecordedMachine.openClient()
        try client.sendPing(filler(125))
        #expect(try client.sentFrames() == [SentFrame(.ping, filler(125), key: exampleKey)])
        #expect(throws: WebSocketMachine.SendFailure.controlTooLong) { try client.sendPing(filler(126)) }
        #expect(client.takeOutgoing().isEmpty && client.isOpen)
    }

    private func ping(_ number: UInt8) -> [UInt8] { [0x89, 0x01, number] }

    @Test("§5.5.3: a peer that pings and does not read is owed one pong, that for its latest ping")
    func owesOnePong() throws {
        let client = RecordedMachine.openClient()
        client.isCongested = true
        for number in UInt8(0)...255 { #expect(client.events(after: ping(number)) == [.ping]) }
        #expect(client.outgoingBytes == 0)
        client.isCongested = false
        #expect(try client.sentFrames() == [SentFrame(.pong, [255], key: exampleKey)])
        #expect(client.events(after: ping(1)) == [.ping])
        #expect(try client.sentFrames() == [SentFrame(.pong, [1], key: exampleKey)])
    }

    @Test("A socket that takes nothing for a while changes nothing where no ping came")
    func owesNothing() {
        let client = RecordedMachine.openClient()
        for isCongested in [true, false, true, true, false] { client.isCongested = isCongested }
        #expect(client.outgoingBytes == 0)
    }

    @Test("A pong that is still owed is not sent behind a Close frame", arguments: [true, false])
    func owesNothingAfterClose(_ isOurs: Bool) throws {
        let client = RecordedMachine.openClient()
        client.isCongested = true
        client.receive(ping(1))
        if isOurs { try client.sendClose(.normal) } else { client.receive([0x88, 0x00]) }
        client.receive(ping(2))
        client.isCongested = false
        #expect(try client.sentFrames().map(\.opcode) == [.close])
    }

    @Test("What we send ourselves is queued while the socket takes nothing")
    func queuesTheRest() throws {
        let client = RecordedMachine.openClient()
        client.isCongested = true
        client.receive(ping(1))
        try client.send(.text([0x61]))
        try client.sendPing([7])
        client.isCongested = false
        #expect(try client.sentFrames().map(\.opcode) == [.text, .ping, .pong])
    }
}
