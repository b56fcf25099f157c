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

@Suite("RFC 6455 §7.4 Status codes")
struct CloseCodeTests {
    @Test("Of the codes 0 to 5000, those that are registered or private may stand in a frame")
    func judgesEveryCode() {
        let registered: Set<UInt16> = [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
        ]
        for code in UInt16(0)...5000 {
            let expected = registered.contains(code) || (code >= 3000 && code <= 4999)
            guard CloseCode(rawValue: code).isValidOnWire != expected else { continue }
            Issue.record("\(code)")
        }
    }

    @Test("§7.4.1: codes that only report never stand in a frame", arguments: [1005, 1006, 1015] as [UInt16])
    func keepsReportsOffTheWire(_ code: UInt16) {
        #expect(!CloseCode(rawValue: code).isValidOnWire)
    }

    static let received: [(UInt16, Bool)] = [
        (0, false), (999, false), (1000, true), (1003, true), (1004, false), (1005, false), (1006, false),
        (1007, true), (1014, true), (1015, false), (1016, false), (2999, false), (3000, true), (4000, true),
        (4999, true), (5000, false), (65_535, false),
    ]

    @Test("A code is echoed where it is valid and answered with 1002 where it is not", arguments: received)
    func echoesOrFails(_ code: UInt16, _ isValid: Bool) throws {
        let client = RecordedMachine.openClient()
        let frame = [0x88, 0x02] + SentFrame.closeBody(code)
        if isValid {
            #expect(client.events(after: frame) == [.closed(code: CloseCode(rawValue: code), reason: "")])
            #expect(
                try client.sentFrames() == [SentFrame(.close, SentFrame.closeBody(code), key: exampleKey)])
        } else {
            try client.expectFailure(on: frame, with: .protocolError)
        }
    }

    @Test("The names stand for their numbers")
    func namesTheRegistry() {
        let names: [CloseCode] = [
            .normal, .goingAway, .protocolError, .unsupportedData, .invalidPayload, .policyViolation,
            .messageTooBig, .internalError, .takenOver,
        ]
        #expect(names.map(\.rawValue) == [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 4000])
    }
}
