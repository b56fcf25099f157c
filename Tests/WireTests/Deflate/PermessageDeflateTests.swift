import Testing

@testable import Wire

@Suite("RFC 7692 §6 and §7.2 Compressed messages")
struct PermessageDeflateTests {
    /// A client and a server after a handshake whose answer has these parameters.
    private func pair(_ answer: String = "permessage-deflate", limits: WebSocketLimits = WebSocketLimits())
        -> (client: RecordedMachine, server: RecordedMachine)
    {
        let handshake = ClientHandshake(
            host: "server.example.com", target: "/chat", nonce: exampleNonce, offersDeflate: true,
            sha1: SHA1.hash)
        let client = RecordedMachine(
            role: .client(handshake), limits: limits, makeMaskingKey: { MaskingKey(word: 0) })
        let server = RecordedMachine(
            role: .server(ServerHandshake(acceptsDeflate: true, sha1: SHA1.hash)), limits: limits)
        // The server sees them in the offer.
        let request = String(decoding: client.takeOutgoing(), as: UTF8.self)
        server.receive(utf8(request.replacing(DeflateParameters.offer, with: answer)))
        _ = server.takeOutgoing()
        #expect(server.takeEvents() == [.opened])
        let head = acceptingHead.replacing(
            "\r\n\r\n", with: "\r\nSec-WebSocket-Extensions: \(answer)\r\n\r\n", maxReplacements: 1)
        client.receive(utf8(head))
        #expect(client.takeEvents() == [.opened])
        return (client, server)
    }

    private let hello = RecordedMachine.Event.message(.text(Array("Hello".utf8)))

    @Test(
        "§7.2.3.1, the window taken over, §7.2.3.3 no compression, §7.2.3.4 a final block, §7.2.3.5 two blocks"
    )
    func examples() {
        let (client, _) = pair()
        #expect(client.events(after: [0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]) == [hello])
        #expect(client.events(after: [0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00]) == [hello])
        let stored: [UInt8] = [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]
        #expect(client.events(after: [0xC1, UInt8(stored.count)] + stored) == [hello])
        #expect(
            client.events(after: [0xC1, 0x08, 0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]) == [hello])
        let two: [UInt8] = [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00]
        #expect(client.events(after: [0xC1, UInt8(two.count)] + two) == [hello])
    }

    @Test("§6.1 A fragmented message is marked in its first frame only, control frames may come between")
    func fragments() {
        let (client, _) = pair()
        let bytes: [UInt8] = [0x41, 0x03, 0xF2, 0x48, 0xCD, 0x89, 0x00, 0x80, 0x04, 0xC9, 0xC9, 0x07, 0x00]
        #expect(client.events(after: bytes) == [.ping, hello])
    }

    @Test(
        "RSV1 where it means nothing fails with 1002",
        arguments: [
            [0xC9, 0x00], [0x01, 0x01, 0x61, 0xC0, 0x00], [0xA1, 0x00], [0x91, 0x00], [0xF1, 0x00],
        ] as [[UInt8]])
    func reservedBits(bytes: [UInt8]) throws {
        let (client, _) = pair()
        try client.expectFailure(on: bytes, with: .protocolError)
    }

    @Test("Data that is no DEFLATE fails with 1007, text that is not UTF-8 too")
    func garbage() throws {
        var (client, server) = pair()
        try client.expectFailure(on: [0xC2, 0x03, 0xFF, 0xFF, 0xFF], with: .invalidPayload)
        (client, server) = pair()
        // 0xFF in a stored block.
        try client.expectFailure(
            on: [0xC1, 0x07, 0x00, 0x01, 0x00, 0xFE, 0xFF, 0xFF, 0x00], with: .invalidPayload)
        _ = server
    }

    @Test("Bytes that are wrong twice fail for the same reason however they are cut")
    func sameReason() throws {
        // What comes out first is not UTF-8, what follows is no DEFLATE.
        let bytes: [UInt8] = [0xC1, 0x07, 0xF2, 0x99, 0xCD, 0x48, 0x89, 0x09, 0x81]
        let (client, _) = pair()
        try client.expectFailure(on: bytes, with: .invalidPayload)
        let (other, _) = pair()
        for byte in bytes { other.receive([byte]) }
        #expect(client.fault == other.fault)
    }

    @Test(
        "Messages of many sizes survive the way, with each parameter",
        arguments: [
            "permessage-deflate", "permessage-deflate; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
            "permessage-deflate; client_max_window_bits=9", "permessage-deflate; client_max_window_bits=8",
            "permessage-deflate; server_max_window_bits=8",
        ])
    func roundTrips(answer: String) throws {
        let (client, server) = pair(answer)
        var random = SeededGenerator(seed: 1)
        for size in [0, 1, 95, 96, 97, 126, 255, 256, 257, 1000, 40_000, 70_000, 500] {
            let text = (0..<size).map { _ in UInt8.random(in: 0x61...0x66, using: &random) }
            let noise = (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            for message in [WebSocketMessage.text(text), .binary(noise), .text(text)] {
                try client.send(message)
                #expect(server.events(after: client.takeOutgoing()) == [.message(message)])
                try server.send(message)
                #expect(client.events(after: server.takeOutgoing()) == [.message(message)])
            }
        }
    }

    @Test("What compression does not shorten goes out as it is, and the next message is still understood")
    func incompressible() throws {
        let (client, server) = pair()
        var random = SeededGenerator(seed: 2)
        let noise = (0..<1000).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let words = utf8(String(repeating: "again ", count: 100))
        for (bytes, isCompressed) in [(words, true), (noise, false), (words, true), (utf8("short"), false)] {
            try client.send(.binary(bytes))
            let wire = client.takeOutgoing()
            #expect((wire[0] & 0x40 != 0) == isCompressed)
            #expect(server.events(after: wire) == [.message(.binary(bytes))])
        }
    }

    @Test("A window of 8 bits, which zlib cannot keep within, is kept by sending plain")
    func smallestWindow() throws {
        let (client, _) = pair("permessage-deflate; client_max_window_bits=8")
        try client.send(.binary([UInt8](repeating: 0x61, count: 1000)))
        #expect(client.takeOutgoing()[0] == 0x82)
    }

    @Test("A decompression bomb is refused with 1009 before it takes memory")
    func bomb() throws {
        var limits = WebSocketLimits()
        limits.maximumMessageBytes = 1 << 20
        let (client, server) = pair(limits: limits)
        // 200 MiB of zeros in some 200 KiB.
        guard var deflater = Deflater(windowBits: 15), var inflater = Inflater() else {
            Issue.record("no memory")
            return
        }
        let compressed = [UInt8](repeating: 0, count: 200 << 20).withUnsafeBytes { deflater.deflate($0) }
        let bomb = try #require(compressed)
        #expect(bomb.count < 1 << 20)
        var wire: [UInt8] = []
        bomb.withUnsafeBytes {
            FrameHeader(reserved: 0b100, opcode: .binary, payloadBytes: bomb.count).append(
                payload: $0, to: &wire)
        }
        try client.expectFailure(on: wire, with: .messageTooBig)
        var message: [UInt8] = []
        let fault = bomb.withUnsafeBytes {
            inflater.fault(of: $0, into: &message, limitBytes: limits.maximumMessageBytes)
        }
        #expect(fault == .tooLarge(what: "a message", limitBytes: 1 << 20) && message.capacity < 3 << 20)
        _ = server
    }

    @Test("The same bytes mean the same however they are cut")
    func splits() throws {
        let (client, server) = pair()
        for text in ["first message, long enough to be worth it. ", "and another one, long enough too. "] {
            try server.send(.text(utf8(String(repeating: text, count: 5))))
        }
        try server.sendPing([1])
        let wire = server.takeOutgoing()
        let whole = client.events(after: wire)
        #expect(whole.count == 3)
        for offset in 1..<wire.count {
            let (client, _) = pair()
            client.receive(Array(wire[..<offset]))
            client.receive(Array(wire[offset...]))
            #expect(client.takeEvents() == whole)
        }
    }
}
