import Testing

@testable import Wire

@Suite("Holding data back from a slow reader")
struct WebSocketMachineHoldTests {
    private func holdingClient() -> RecordedMachine {
        let client = RecordedMachine.openClient()
        client.holdData()
        return client
    }

    @Test("Data waits until it is released")
    func holdsData() {
        let client = holdingClient()
        #expect(!client.isBlocked)
        #expect(client.events(after: [0x81, 0x01, 0x61]).isEmpty)
        #expect(client.isBlocked)
        client.releaseData()
        #expect(client.takeEvents() == [.message(.text([0x61]))])
        #expect(!client.isBlocked)
    }

    @Test("Control frames in front of data are answered while data is held")
    func answersControlFrames() throws {
        let client = holdingClient()
        #expect(
            client.events(after: [0x89, 0x01, 0x70, 0x8A, 0x00, 0x81, 0x01, 0x61]) == [.ping, .pong([])])
        #expect(try client.sentFrames() == [SentFrame(.pong, [0x70], key: exampleKey)])
        #expect(client.isBlocked)
    }

    @Test("Control frames alone do not block the connection, however they are cut")
    func passesControlFrames() {
        let client = holdingClient()
        for byte in [0x89, 0x02, 0x70, 0x71, 0x8A, 0x00] as [UInt8] { client.receive([byte]) }
        #expect(client.takeEvents() == [.ping, .pong([])])
        #expect(!client.isBlocked)
    }

    @Test("Frames behind held data keep their order, control frames too")
    func keepsOrder() {
        let client = holdingClient()
        client.receive([0x81, 0x01, 0x61, 0x8A, 0x01, 0x62])
        client.receive([0x81, 0x01])
        client.receive([0x63])
        #expect(client.takeEvents().isEmpty)
        client.releaseData()
        #expect(client.takeEvents() == [.message(.text([0x61])), .pong([0x62]), .message(.text([0x63]))])
    }

    @Test("A frame whose payload is arriving is finished; the next waits")
    func finishesTheCurrentFrame() {
        let client = RecordedMachine.openClient()
        client.receive([0x81, 0x02, 0x61])
        client.holdData()
        #expect(client.events(after: [0x62, 0x81, 0x01, 0x63]) == [.message(.text(utf8("ab")))])
        #expect(client.isBlocked)
        client.releaseData()
        #expect(client.takeEvents() == [.message(.text([0x63]))])
    }

    @Test("A header that has begun is finished")
    func finishesTheCurrentHeader() {
        let client = RecordedMachine.openClient()
        client.receive([0x81])
        client.holdData()
        #expect(client.events(after: [0x01, 0x61]) == [.message(.text([0x61]))])
    }

    @Test("Continuations wait like other data; a ping between fragments is answered")
    func holdsContinuations() {
        let client = RecordedMachine.openClient()
        client.receive([0x01, 0x01, 0x61])
        client.holdData()
        #expect(client.events(after: [0x89, 0x00, 0x80, 0x01, 0x62]) == [.ping])
        client.releaseData()
        #expect(client.takeEvents() == [.message(.text(utf8("ab")))])
    }

    @Test("A Close frame is answered while data is held")
    func answersClose() throws {
        let client = holdingClient()
        #expect(client.events(after: [0x88, 0x02, 0x03, 0xE8]) == [.closed(code: .normal, reason: "")])
        #expect(try client.sentFrames().map(\.opcode) == [.close])
    }

    @Test("Data may be held and released again and again")
    func holdsRepeatedly() {
        let client = RecordedMachine.openClient()
        for value in UInt8(0)..<20 {
            client.holdData()
            #expect(client.events(after: [0x82, 0x01, value]).isEmpty)
            client.releaseData()
            #expect(client.takeEvents() == [.message(.binary([value]))])
        }
    }

    @Test("Releasing what is not held changes nothing")
    func releasesNothing() {
        let client = RecordedMachine.openClient()
        client.releaseData()
        #expect(client.takeEvents().isEmpty && !client.isBlocked)
    }

    @Test("An offence behind held data fails the connection when it is released")
    func failsAfterRelease() {
        let client = holdingClient()
        #expect(client.events(after: [0x81, 0x01, 0x61, 0x83, 0x00]).isEmpty)
        #expect(client.isOpen)
        client.releaseData()
        let fault = WebSocketFault.protocolViolation("reserved opcode 3")
        #expect(client.takeEvents() == [.message(.text([0x61])), .failed(fault)])
    }

    @Test("Held data is not delivered after the connection has failed")
    func deliversNothingAfterFailing() {
        let client = holdingClient()
        client.receive([0x81, 0x01, 0x61])
        client.receiveEnd()
        client.releaseData()
        #expect(client.takeEvents() == [.failed(.endedWithoutClose)])
    }

    @Test("Data in the same read as the handshake can be held")
    func holdsBehindTheHandshake() {
        let client = RecordedMachine.newClient()
        client.holdData()
        #expect(client.events(after: utf8(acceptingHead) + [0x81, 0x01, 0x61]) == [.opened])
        client.releaseData()
        #expect(client.takeEvents() == [.message(.text([0x61]))])
    }

    @Test("The peer's Close frame behind held data is seen once we close")
    func seesCloseBehindHeldData() throws {
        let client = holdingClient()
        #expect(client.events(after: [0x81, 0x01, 0x61, 0x88, 0x02, 0x03, 0xE8]).isEmpty)
        try client.sendClose(.normal)
        client.releaseData()
        #expect(client.takeEvents() == [.message(.text([0x61])), .closed(code: .normal, reason: "")])
        #expect(client.isFinished && !client.isBlocked)
    }

    @Test("After our Close frame nothing is held any more", arguments: [true, false])
    func holdsNothingWhileClosing(_ asksBefore: Bool) throws {
        let client = RecordedMachine.openClient()
        if asksBefore { client.holdData() }
        try client.sendClose(.normal)
        if !asksBefore { client.holdData() }
        #expect(
            client.events(after: [0x81, 0x01, 0x61, 0x88, 0x00]) == [
                .message(.text([0x61])), .closed(code: nil, reason: ""),
            ])
        #expect(!client.isBlocked)
    }

    @Test("A connection that ends behind held data ended as the Close frame in it says")
    func endsBehindHeldData() {
        let client = holdingClient()
        client.receive([0x81, 0x01, 0x61, 0x88, 0x02, 0x03, 0xE9])
        client.releaseData()
        client.receiveEnd()
        #expect(client.takeEvents() == [.message(.text([0x61])), .closed(code: .goingAway, reason: "")])
        #expect(client.fault == nil)
    }
}
