import Testing

@testable import Wire

@Suite("Property: where the bytes are cut makes no difference")
struct WebSocketMachineSplitTests {
    /// What a connection did: its events, what it wants to write and why it failed.
    struct Outcome: Equatable {
        let events: [RecordedMachine.Event]
        let outgoing: [UInt8]
        let fault: WebSocketFault?
    }

    struct Script: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]

        init(_ name: String, _ frames: [UInt8]...) {
            testDescription = name
            bytes = frames.flatMap { $0 }
        }
    }

    static let fromServer = [
        Script(
            "messages, fragments, control frames and close", [0x81, 0x05], utf8("Hello"),
            [0x82, 0x03, 0, 0xFF, 0xC0], [0x01, 0x03, 0x61, 0xF0, 0x9F], [0x89, 0x02, 0x70, 0x71],
            [0x00, 0x00], [0x8A, 0x00], [0x80, 0x03, 0x98, 0x80, 0x62], [0x82, 0x7E, 0x00, 0x7E], filler(126),
            [0x81, 0x00], [0x89, 0x00], [0x88, 0x05, 0x03, 0xE9], utf8("bye"), [0x81, 0x01, 0x61]),
        Script("a 64-bit length", [0x81, 0x01, 0x61, 0x82, 0x7F, 0, 0, 0, 1, 0, 0, 0, 0, 0x61, 0x61]),
        Script(
            "bad text", [0x01, 0x02, 0x61, 0xED], [0x89, 0x00], [0x80, 0x05, 0xA0, 0x80, 0x61, 0x61, 0x61]),
        Script("text that ends too early", [0x81, 0x03, 0x61, 0xE2, 0x82, 0x81, 0x01, 0x61]),
        Script("a reserved opcode", [0x82, 0x01, 0x61], [0x83, 0x02, 0x61, 0x61], [0x82, 0x00]),
        Script("a masked frame", [0x81, 0x81, 1, 2, 3, 4, 5]),
        Script("a continuation of nothing", [0x81, 0x01, 0x61, 0x80, 0x01, 0x62]),
        Script("a bad close code", [0x88, 0x04, 0x03, 0xED, 0x61, 0x62, 0x81, 0x00]),
        Script("an empty close", [0x88, 0x00, 0x88, 0x00]),
        Script("a long control frame", [0x89, 0x7E, 0x00, 0x7E], filler(126)),
    ]

    private func outcome(of start: () -> RecordedMachine, _ pieces: [[UInt8]]) -> Outcome {
        let connection = start()
        var events: [RecordedMachine.Event] = []
        var outgoing: [UInt8] = []
        for piece in pieces {
            connection.receive(piece)
            events += connection.takeEvents()
            outgoing += connection.takeOutgoing()
        }
        return Outcome(events: events, outgoing: outgoing, fault: connection.fault)
    }

    private func expectSameOutcome(_ start: @autoclosure () -> RecordedMachine, _ bytes: [UInt8]) {
        let whole = outcome(of: start, [bytes])
        #expect(!whole.events.isEmpty)
        for pieces in cuts(of: bytes) where outcome(of: start, pieces) != whole {
            Issue.record("cut into \(pieces.map(\.count))")
        }
    }

    @Test("A client's events are the same for every cut", arguments: fromServer)
    func clientIsIndependentOfCuts(_ script: Script) {
        expectSameOutcome(.openClient(), script.bytes)
    }

    @Test("A client's events are the same for every cut, the handshake included", arguments: fromServer)
    func clientHandshakeIsIndependentOfCuts(_ script: Script) {
        let interim = utf8("HTTP/1.1 100 Continue\r\n\r\n")
        expectSameOutcome(.newClient(), interim + utf8(acceptingHead) + script.bytes)
    }

    @Test("A client refuses the same answers for every cut")
    func clientRefusesIndependentlyOfCuts() {
        expectSameOutcome(.newClient(), utf8("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\nbody"))
        expectSameOutcome(.newClient(), utf8("HTTP/1.1 101 x\r\nUpgrade: no\r\n\r\n"))
        expectSameOutcome(
            .newClient(limits: WebSocketLimits(maximumHeadBytes: 20)), utf8("HTTP/1.1 101 endless head"))
    }

    @Test("A server's events are the same for every cut, the handshake included")
    func serverIsIndependentOfCuts() throws {
        let client = RecordedMachine.newClient()
        client.receive(utf8(acceptingHead))
        try client.send(.text(utf8("Hello 😀")))
        try client.sendPing(filler(9))
        try client.send(.binary(filler(200)))
        try client.sendClose(.normal, reason: "done")
        expectSameOutcome(.newServer(), client.takeOutgoing())
    }

    @Test("Holding data and releasing it after each piece gives the same events in the same order")
    func holdingIsIndependentOfCuts() {
        for script in Self.fromServer {
            let whole = outcome(of: { .openClient() }, [script.bytes])
            for pieces in cuts(of: script.bytes) {
                let client = RecordedMachine.openClient()
                for piece in pieces {
                    client.holdData()
                    client.receive(piece)
                    client.releaseData()
                }
                #expect(
                    client.takeEvents() == whole.events, "\(script.testDescription), \(pieces.map(\.count))")
            }
        }
    }
}
