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
}
