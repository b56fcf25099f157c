import Testing

@testable import Wire

@Suite("RFC 6455 §5.4 Fragmentation")
struct WebSocketMachineFragmentationTests {
    @Test("Two fragments are one message")
    func joinsFragments() {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x01, 0x03] + utf8("Hel")).isEmpty)
        #expect(client.events(after: [0x80, 0x02] + utf8("lo")) == [.message(.text(utf8("Hello")))])
    }

    @Test("Masked fragments are unmasked each with its own key")
    func unmasksFragments() {
        let server = RecordedMachine.openServer()
        let wire: [UInt8] = [0x02, 0x82, 0, 0, 0, 1, 0x0A, 0x0B, 0x80, 0x81, 0x10, 0, 0, 0, 0x1C]
        #expect(server.events(after: wire) == [.message(.binary([0x0A, 0x0B, 0x0C]))])
    }

    @Test("Empty fragments count for nothing")
    func allowsEmptyFragments() {
        let client = RecordedMachine.openClient()
        let wire: [UInt8] = [0x01, 0x00, 0x00, 0x00, 0x00, 0x01, 0x61, 0x00, 0x00, 0x80, 0x00]
        #expect(client.events(after: wire) == [.message(.text([0x61]))])
    }

    @Test("A message of empty fragments is an empty message")
    func allowsOnlyEmptyFragments() {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x02, 0x00, 0x80, 0x00]) == [.message(.binary([]))])
    }

    @Test("§5.5: control frames between fragments are answered before the message is whole")
    func answersBetweenFragments() throws {
        let client = RecordedMachine.openClient()
        let wire: [UInt8] = [0x01, 0x01, 0x61, 0x89, 0x01, 0x78, 0x00, 0x01, 0x62, 0x8A, 0x01, 0x79]
        #expect(client.events(after: wire) == [.ping, .pong([0x79])])
        #expect(try client.sentFrames() == [SentFrame(.pong, [0x78], key: exampleKey)])
        #expect(client.events(after: [0x80, 0x01, 0x63]) == [.message(.text(utf8("abc")))])
    }

    @Test("A Close frame between fragments ends the connection without the message")
    func closesBetweenFragments() {
        let client = RecordedMachine.openClient()
        let wire: [UInt8] = [0x01, 0x01, 0x61, 0x88, 0x00, 0x80, 0x01, 0x62]
        #expect(client.events(after: wire) == [.closed(code: nil, reason: "")])
    }

    @Test("A continuation of nothing fails the connection", arguments: [0x00, 0x80] as [UInt8])
    func refusesOrphans(_ first: UInt8) throws {
        let client = RecordedMachine.openClient()
        try client.expectFailure(on: [first, 0x01, 0x61], with: .protocolError)
        #expect(client.fault == .protocolViolation("a continuation of nothing"))
    }

    @Test("A continuation after a whole message fails the connection")
    func refusesContinuationsOfTheEnded() throws {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x01, 0x00, 0x80, 0x00]).count == 1)
        try client.expectFailure(on: [0x80, 0x00], with: .protocolError)
    }

    @Test("A message inside a message fails the connection", arguments: [0x01, 0x02, 0x81, 0x82] as [UInt8])
    func refusesNesting(_ first: UInt8) throws {
        let client = RecordedMachine.openClient()
        client.receive([0x01, 0x01, 0x61])
        try client.expectFailure(on: [first, 0x01, 0x62], with: .protocolError)
        #expect(client.fault == .protocolViolation("a message inside a message"))
    }
}

@Suite("RFC 6455 §10.4 Implementation-specific limits")
struct WebSocketMachineLimitTests {
    private let limits = WebSocketLimits(
        maximumFrameBytes: 8, maximumMessageBytes: 12, maximumHeadBytes: 1024)

    @Test("A frame of exactly the limit is taken")
    func allowsTheLimit() {
        let client = RecordedMachine.openClient(limits: limits)
        #expect(client.events(after: [0x82, 0x08] + filler(8)) == [.message(.binary(filler(8)))])
    }

    @Test("A frame of one byte more fails with 1009 as soon as its header is read")
    func refusesLargeFrames() throws {
        let client = RecordedMachine.openClient(limits: limits)
        try client.expectFailure(on: [0x82, 0x09], with: .messageTooBig)
        #expect(client.fault == .tooLarge(what: "a frame", limitBytes: 8))
    }

    @Test("A message of exactly the limit is taken, whatever its fragments")
    func allowsTheMessageLimit() {
        let client = RecordedMachine.openClient(limits: limits)
        let wire = [0x02, 0x08] + filler(8) + [0x00, 0x00, 0x80, 0x04] + filler(4)
        #expect(client.events(after: wire) == [.message(.binary(filler(8) + filler(4)))])
    }

    @Test("A message of one byte more fails with 1009 at the fragment that announces it")
    func refusesLargeMessages() throws {
        let client = RecordedMachine.openClient(limits: limits)
        client.receive([0x02, 0x08] + filler(8))
        try client.expectFailure(on: [0x80, 0x05], with: .messageTooBig)
        #expect(client.fault == .tooLarge(what: "a message", limitBytes: 12))
    }

    @Test("The message limit is for each message anew")
    func countsEachMessage() {
        let client = RecordedMachine.openClient(limits: limits)
        for _ in 0..<5 { #expect(client.events(after: [0x82, 0x08] + filler(8)).count == 1) }
    }

    @Test("Control frames are not counted against the limits of data")
    func excludesControlFrames() {
        let client = RecordedMachine.openClient(limits: limits)
        #expect(client.events(after: [0x8A, 0x7D] + filler(125)) == [.pong(filler(125))])
    }

    static let announcements: [[UInt8]] = [
        [0x82, 0x7F, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00],  // 2^40
        [0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],  // 2^63 - 1
        [0x82, 0x7F, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x01],  // 16 MiB and a byte
    ]

    @Test(
        "A frame that only announces too much fails with 1009", arguments: announcements)
    func refusesAnnouncements(_ header: [UInt8]) throws {
        let client = RecordedMachine.openClient()
        try client.expectFailure(on: header, with: .messageTooBig)
    }

    @Test("A continuation on top of a huge frame limit does not overflow")
    func survivesUnlimitedFrames() throws {
        let unlimited = WebSocketLimits(maximumFrameBytes: .max, maximumMessageBytes: .max)
        let client = RecordedMachine.openClient(limits: unlimited)
        client.receive([0x02, 0x01, 0x61])
        try client.expectFailure(
            on: [0x80, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], with: .messageTooBig)
    }
}
