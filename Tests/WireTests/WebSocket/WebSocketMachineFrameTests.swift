import Synchronization
import Testing

@testable import Wire

@Suite("RFC 6455 §5.1, §5.2, §5.6 Frames on an open connection")
struct WebSocketMachineFrameTests {
    @Test("A client receives an unmasked text message")
    func clientReceivesText() {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x81, 0x05] + utf8("Hello")) == [.message(.text(utf8("Hello")))])
        #expect(client.takeOutgoing().isEmpty)
    }

    @Test("A server receives a masked text message")
    func serverReceivesMaskedText() {
        let server = RecordedMachine.openServer()
        let wire: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(server.events(after: wire) == [.message(.text(utf8("Hello")))])
    }

    @Test("A client receives binary data as it is")
    func clientReceivesBinary() {
        let client = RecordedMachine.openClient()
        #expect(
            client.events(after: [0x82, 0x03, 0x00, 0xFF, 0xC0]) == [.message(.binary([0x00, 0xFF, 0xC0]))])
    }

    @Test("Empty messages are messages")
    func receivesEmptyMessages() {
        let client = RecordedMachine.openClient()
        #expect(
            client.events(after: [0x81, 0x00, 0x82, 0x00]) == [.message(.text([])), .message(.binary([]))])
    }

    static let lengths: [(Int, [UInt8])] = [
        (125, [0x82, 0x7D]), (126, [0x82, 0x7E, 0x00, 0x7E]), (127, [0x82, 0x7E, 0x00, 0x7F]),
        (65_535, [0x82, 0x7E, 0xFF, 0xFF]), (65_536, [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0]),
    ]

    @Test("A payload of each form of length arrives whole", arguments: lengths)
    func receivesEveryLength(_ count: Int, _ header: [UInt8]) {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: header + filler(count)) == [.message(.binary(filler(count)))])
    }

    @Test("Several frames in one read come out in order")
    func receivesSeveralFrames() {
        let client = RecordedMachine.openClient()
        let wire: [UInt8] = [0x81, 0x01, 0x61, 0x8A, 0x01, 0x62, 0x82, 0x01, 0x63]
        let expected: [RecordedMachine.Event] = [
            .message(.text([0x61])), .pong([0x62]), .message(.binary([0x63])),
        ]
        #expect(client.events(after: wire) == expected)
    }

    @Test("A client masks what it sends")
    func clientMasks() throws {
        let client = RecordedMachine.openClient()
        try client.send(.text(utf8("Hello")))
        let wire: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        #expect(client.takeOutgoing() == wire)
        #expect(client.takeOutgoing().isEmpty)
    }

    @Test("A server does not mask what it sends")
    func serverDoesNotMask() throws {
        let server = RecordedMachine.openServer()
        try server.send(.text(utf8("Hello")))
        try server.send(.binary([0xFF]))
        #expect(server.takeOutgoing() == [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x82, 0x01, 0xFF])
    }

    @Test("§5.3: a client takes a fresh masking key for each frame, control frames included")
    func takesFreshKeys() throws {
        let source = KeySource()
        let client = RecordedMachine.openClient { source.next() }
        try client.send(.text(utf8("a")))
        try client.send(.binary([1]))
        try client.sendPing()
        client.receive([0x89, 0x00])
        try client.sendClose(.normal)
        #expect(try client.sentFrames().map(\.key?.word) == [1, 2, 3, 4, 5])
    }

    @Test("The masking keys that a client takes by itself differ")
    func randomKeysDiffer() throws {
        let handshake = ClientHandshake(host: "h", target: "/", nonce: exampleNonce, sha1: SHA1.hash)
        let client = RecordedMachine(role: .client(handshake))
        client.receive(utf8(acceptingHead))
        _ = client.takeOutgoing()
        for _ in 0..<20 { try client.send(.text([])) }
        #expect(Set(try client.sentFrames().map(\.key?.word)).count > 1)
    }

    @Test("A client refuses a masked frame")
    func clientRefusesMasks() throws {
        let client = RecordedMachine.openClient()
        try client.expectFailure(on: [0x81, 0x81, 0x37, 0xFA, 0x21, 0x3D, 0x7F], with: .protocolError)
        #expect(client.fault == .protocolViolation("a masked frame from the server"))
    }

    @Test("A server refuses an unmasked frame")
    func serverRefusesMissingMasks() throws {
        let server = RecordedMachine.openServer()
        try server.expectFailure(on: [0x81, 0x01, 0x61], with: .protocolError)
        #expect(server.fault == .protocolViolation("a frame without mask"))
    }

    @Test("Reserved bits fail the connection", arguments: [0xC1, 0xA1, 0x91, 0xF1, 0xC9, 0xC0] as [UInt8])
    func refusesReservedBits(_ first: UInt8) throws {
        let client = RecordedMachine.openClient()
        try client.expectFailure(on: [first, 0x00], with: .protocolError)
    }

    static let brokenHeaders: [[UInt8]] = [
        [0x83, 0x00], [0x87, 0x00], [0x8B, 0x00], [0x8F, 0x00],  // reserved opcodes
        [0x09, 0x00], [0x08, 0x00], [0x0A, 0x00], [0x89, 0x7E, 0x00, 0x7E],  // control frames
        [0x81, 0x7E, 0x00, 0x05], [0x81, 0x7F, 0, 0, 0, 0, 0, 0, 0, 5],
        [0x81, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0],
    ]

    @Test("A broken header fails the connection with 1002", arguments: brokenHeaders)
    func refusesBrokenHeaders(_ header: [UInt8]) throws {
        let client = RecordedMachine.openClient()
        try client.expectFailure(on: header, with: .protocolError)
    }

    @Test("What came before the offence is delivered, what comes after is not")
    func deliversUpToTheOffence() throws {
        let client = RecordedMachine.openClient()
        let events = client.events(after: [0x81, 0x01, 0x61, 0x83, 0x00, 0x81, 0x01, 0x62])
        #expect(events == [.message(.text([0x61])), .failed(.protocolViolation("reserved opcode 3"))])
        _ = client.takeOutgoing()
        #expect(client.events(after: [0x81, 0x01, 0x62, 0x89, 0x00, 0x88, 0x00]).isEmpty)
        client.receiveEnd()
        #expect(client.takeEvents().isEmpty && client.takeOutgoing().isEmpty)
        #expect(client.fault == .protocolViolation("reserved opcode 3"))
    }

    @Test("A connection that ends without a Close frame has failed, and nothing can be sent")
    func endWithoutClose() {
        let client = RecordedMachine.openClient()
        client.receiveEnd()
        client.receiveEnd()
        #expect(client.takeEvents() == [.failed(.endedWithoutClose)])
        #expect(client.takeOutgoing().isEmpty)
        #expect(throws: WebSocketMachine.SendFailure.notOpen) { try client.send(.text([])) }
    }

    @Test("A connection that ends inside a frame delivers nothing of it")
    func endInsideAFrame() {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x81, 0x05, 0x48, 0x65]).isEmpty)
        client.receiveEnd()
        #expect(client.takeEvents() == [.failed(.endedWithoutClose)])
    }
}

/// Counts up, so that the test sees how often a key was asked for.
private final class KeySource: Sendable {
    private let count = Mutex<UInt32>(0)

    func next() -> MaskingKey {
        count.withLock {
            $0 += 1
            return MaskingKey(word: $0)
        }
    }
}
