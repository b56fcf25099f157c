import Testing

@testable import Wire

@Suite("RFC 6455 §8.1 Handling of errors in UTF-8-encoded data")
struct WebSocketMachineTextTests {
    static let texts: [String] = ["", "a", "é", "€", "😀", "κόσμε", "\u{0}", "\u{FEFF}\u{FFFF}", "\u{10FFFF}"]

    @Test("Valid text arrives", arguments: texts)
    func receivesText(_ text: String) {
        let client = RecordedMachine.openClient()
        let bytes = utf8(text)
        #expect(client.events(after: [0x81, UInt8(bytes.count)] + bytes) == [.message(.text(bytes))])
    }

    static let invalid: [[UInt8]] = [
        [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF],  // alone and overlong
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],  // surrogates
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],  // over U+10FFFF
        [0xCE, 0xBA, 0x41, 0xCE], [0xE2, 0x82], [0xF0, 0x9F, 0x98],  // ends inside a sequence
    ]

    @Test("Text that is not UTF-8 fails with 1007", arguments: invalid)
    func refusesInvalidText(_ bytes: [UInt8]) throws {
        let client = RecordedMachine.openClient()
        try client.expectFailure(on: [0x81, UInt8(bytes.count)] + bytes, with: .invalidPayload)
        #expect(client.fault == .invalidUTF8)
    }

    @Test("The same bytes are welcome as binary data", arguments: invalid)
    func leavesBinaryAlone(_ bytes: [UInt8]) {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x82, UInt8(bytes.count)] + bytes) == [.message(.binary(bytes))])
    }

    @Test("Text fails at its first impossible byte, before the frame is whole")
    func failsEarly() throws {
        let client = RecordedMachine.openClient()
        #expect(client.events(after: [0x81, 0x7D] + utf8("κόσμε") + [0xED]).isEmpty)
        #expect(client.isOpen)
        try client.expectFailure(on: [0xA0], with: .invalidPayload)
    }

    @Test("Masked text fails at its first impossible byte, too")
    func failsEarlyBehindAMask() throws {
        let server = RecordedMachine.openServer()
        #expect(server.events(after: [0x81, 0xFD, 0x01, 0x02, 0x03, 0x04, 0x61 ^ 0x01, 0xF4 ^ 0x02]).isEmpty)
        try server.expectFailure(on: [0x90 ^ 0x03], with: .invalidPayload)
    }

    @Test("A sequence may be split across fragments", arguments: 1...3)
    func allowsSplitSequences(_ cut: Int) {
        let client = RecordedMachine.openClient()
        let bytes = utf8("😀")
        #expect(client.events(after: [0x01, UInt8(cut)] + bytes[..<cut]).isEmpty)
        let rest = Array(bytes[cut...])
        #expect(client.events(after: [0x80, UInt8(rest.count)] + rest) == [.message(.text(bytes))])
    }

    @Test("A sequence split across fragments survives a ping in the middle")
    func keepsTheSequenceOverPings() {
        let client = RecordedMachine.openClient()
        let wire: [UInt8] = [0x01, 0x01, 0xC3, 0x89, 0x01, 0xFF, 0x80, 0x01, 0xA9]
        #expect(client.events(after: wire) == [.ping, .message(.text(utf8("é")))])
    }

    @Test("An impossible byte in a later fragment fails before that fragment is whole")
    func failsInTheContinuation() throws {
        let client = RecordedMachine.openClient()
        client.receive([0x01, 0x01, 0xC3])
        try client.expectFailure(on: [0x80, 0x05, 0x28], with: .invalidPayload)
    }

    @Test("Text may not end inside a sequence, even with an empty last fragment")
    func refusesOpenEnds() throws {
        let client = RecordedMachine.openClient()
        client.receive([0x01, 0x02, 0x61, 0xC3])
        #expect(client.isOpen)
        try client.expectFailure(on: [0x80, 0x00], with: .invalidPayload)
    }

    @Test("Each message is checked from its beginning")
    func startsAnew() {
        let client = RecordedMachine.openClient()
        for _ in 0..<3 {
            #expect(client.events(after: [0x81, 0x02, 0xC3, 0xA9]) == [.message(.text([0xC3, 0xA9]))])
        }
    }
}
