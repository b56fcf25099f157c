import Testing

@testable import Wire

@Suite("RFC 6455 §7.1.7 Failing the connection")
struct WebSocketFaultTests {
    static let faults: [(WebSocketFault, CloseCode?, String)] = [
        (.refused(status: 503, retryAfterSeconds: 7), nil, "the handshake was answered with HTTP 503"),
        (.handshake("no Host"), nil, "the handshake failed: no Host"),
        (.protocolViolation("reserved opcode 3"), .protocolError, "protocol violation: reserved opcode 3"),
        (.invalidUTF8, .invalidPayload, "text that is not UTF-8"),
        (.tooLarge(what: "a frame", limitBytes: 8), .messageTooBig, "a frame larger than 8 bytes"),
        (.endedWithoutClose, nil, "the connection ended without a close frame"),
    ]

    @Test("A fault has the code that is sent for it, where one may be sent, and one line", arguments: faults)
    func knowsItsCode(_ fault: WebSocketFault, _ code: CloseCode?, _ summary: String) {
        #expect(fault.closeCode == code)
        #expect(fault.summary == summary)
    }
}
