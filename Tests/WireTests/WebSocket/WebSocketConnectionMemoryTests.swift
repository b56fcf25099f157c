import Testing

@testable import Wire

@Suite("Memory between messages")
struct WebSocketConnectionMemoryTests {
    private func send(_ count: Int, over client: inout WebSocketConnection) throws -> [UInt8] {
        try client.send(.binary(filler(count)))
        return client.takeOutgoing()
    }

    @Test("The memory of written bytes serves the next ones, unless it is much", arguments: [1_000, 1 << 20])
    func outgoing(_ count: Int) throws {
        var client = WebSocketConnection.openClient()
        let isMuch = count > 256 << 10
        client.reuse(try send(count, over: &client))
        #expect(client.outgoing.isEmpty && (client.outgoing.capacity == 0) == isMuch)
    }

    @Test("A large message leaves nothing behind", arguments: [[0x82], [0x02, 0x80]] as [[UInt8]])
    func incoming(_ firstBytes: [UInt8]) {
        var client = WebSocketConnection.openClient()
        for first in firstBytes {
            // Cut, so that it is gathered.
            client.receive([first, 0x7F, 0, 0, 0, 0, 0, 0x10, 0, 0] + filler(1_000))
            client.receive(filler((1 << 20) - 1_000))
        }
        #expect(client.takeEvents().count == 1)
        #expect(client.assembly.message.capacity == 0 && client.heldBytes.capacity == 0)
    }
}
