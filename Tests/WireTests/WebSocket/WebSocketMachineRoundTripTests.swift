import Testing

@testable import Wire

@Suite("Property: what one role sends, the other receives")
struct WebSocketMachineRoundTripTests {
    @Test(
        "Random messages cross in both directions, in order, in random pieces",
        arguments: 1...20 as ClosedRange<UInt64>)
    func crossesBothWays(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let client = RecordedMachine.newClient {
            MaskingKey(word: UInt32(truncatingIfNeeded: seed &* 0x9E37_79B9))
        }
        let server = RecordedMachine.newServer()
        #expect(deliver(from: client, to: server, using: &random) == [.opened])
        #expect(deliver(from: server, to: client, using: &random) == [.opened])
        for _ in 0..<5 {
            let toServer = try send(on: client, using: &random)
            let toClient = try send(on: server, using: &random)
            #expect(deliver(from: client, to: server, using: &random) == toServer)
            #expect(
                messages(in: deliver(from: server, to: client, using: &random)) == messages(in: toClient))
            _ = deliver(from: client, to: server, using: &random)
        }
        try client.sendClose(.normal, reason: "seed \(seed)")
        #expect(
            deliver(from: client, to: server, using: &random) == [
                .closed(code: .normal, reason: "seed \(seed)")
            ])
        #expect(deliver(from: server, to: client, using: &random) == [.closed(code: .normal, reason: "")])
        #expect(client.isFinished && server.isFinished)
    }

    @Test(
        "Random fragments with random keys are joined to the message",
        arguments: 1...20 as ClosedRange<UInt64>)
    func joinsRandomFragments(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let server = RecordedMachine.openServer()
        for _ in 0..<10 {
            let text = randomText(using: &random)
            var rest = text[...]
            var opcode = Opcode.text
            while opcode == .text || !rest.isEmpty {
                let piece = rest.prefix(.random(in: 0...max(1, text.count / 3), using: &random))
                rest = rest.dropFirst(piece.count)
                let header = FrameHeader(
                    isFinal: rest.isEmpty, opcode: opcode, maskingKey: MaskingKey(word: random.next()),
                    payloadBytes: piece.count)
                var wire: [UInt8] = []
                piece.withUnsafeBytes { header.append(payload: $0, to: &wire) }
                #expect(server.events(after: wire) == (rest.isEmpty ? [.message(.text(text))] : []))
                opcode = .continuation
            }
        }
    }

    @Test(
        "Random bytes never crash either role, and end in at most one failure",
        arguments: 1...50 as ClosedRange<UInt64>)
    func survivesNoise(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let limits = WebSocketLimits(maximumFrameBytes: 4096, maximumMessageBytes: 8192)
        for start in [RecordedMachine.openClient(limits: limits), .openServer(limits: limits)] {
            let connection = start
            let noise = (0..<400).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let events = connection.events(after: noise)
            let endings = events.count { if case .failed = $0 { true } else { false } }
            #expect(endings <= 1)
            #expect((endings == 1) == (connection.fault != nil))
        }
    }

    /// Sends a few random messages and pings.
    /// - Returns: the events that the peer is to report.
    private func send(
        on connection: RecordedMachine, using random: inout SeededGenerator
    ) throws -> [RecordedMachine.Event] {
        try (0..<Int.random(in: 1...6, using: &random)).map { _ in
            switch Int.random(in: 0..<5, using: &random) {
            case 0:
                try connection.sendPing(filler(.random(in: 0...125, using: &random)))
                return .ping
            case 1, 2:
                let message = WebSocketMessage.text(randomText(using: &random))
                try connection.send(message)
                return .message(message)
            default:
                let message = WebSocketMessage.binary(filler(.random(in: 0...70_000, using: &random)))
                try connection.send(message)
                return .message(message)
            }
        }
    }

    private func randomText(using random: inout SeededGenerator) -> [UInt8] {
        let alphabet: [Character] = [
            "a", "\0", "é", "€", "😀", "\u{10FFFF}", "\u{D7FF}", "\u{E000}", "\n", "z",
        ]
        let count = Int.random(in: 0...300, using: &random)
        return utf8(String((0..<count).map { _ in alphabet[.random(in: alphabet.indices, using: &random)] }))
    }

    private func deliver(
        from sender: RecordedMachine, to receiver: RecordedMachine,
        using random: inout SeededGenerator
    ) -> [RecordedMachine.Event] {
        var rest = sender.takeOutgoing()[...]
        while !rest.isEmpty {
            let piece = rest.prefix(.random(in: 1...4000, using: &random))
            receiver.receive(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        return receiver.takeEvents()
    }

    /// Without pongs, which depend on the pings of the other direction.
    private func messages(in events: [RecordedMachine.Event]) -> [RecordedMachine.Event] {
        events.filter { if case .pong = $0 { false } else { true } }
    }
}
