import ClawdTalkAPI
import Testing

@testable import Bridge

@Suite("The outbox: delivered once, proven by a pong")
struct OutboxTests {
    private func result(_ id: String) -> ClientMessage { .deepToolResult(requestID: id, text: "x") }

    @Test("written once on a connection, and again on the next unless proven")
    func again() {
        var outbox = Outbox()
        outbox.add(result("1"), callID: "c", now: .zero)
        #expect(outbox.takeUnwritten(on: 1, now: .zero).map(\.message) == [result("1")])
        #expect(outbox.takeUnwritten(on: 1, now: .zero).isEmpty)
        #expect(outbox.takeUnwritten(on: 2, now: .zero).count == 1)
    }

    @Test("a pong proves what was written before its ping, on its own connection only")
    func confirm() {
        var outbox = Outbox()
        outbox.add(result("1"), callID: nil, now: .zero)
        outbox.add(result("2"), callID: nil, now: .zero)
        let parcels = outbox.takeUnwritten(on: 1, now: .zero)
        outbox.confirm(upTo: parcels[0].number, on: 2)
        #expect(outbox.waitingCount == 2)
        outbox.confirm(upTo: parcels[0].number, on: 1)
        #expect(outbox.takeUnwritten(on: 2, now: .zero).map(\.message) == [result("2")])
    }

    @Test("dropped after two minutes, or with its call")
    func dropped() {
        var outbox = Outbox()
        outbox.add(result("1"), callID: "a", now: .zero)
        outbox.add(result("2"), callID: "b", now: .seconds(100))
        outbox.add(result("3"), callID: "c", now: .seconds(100))
        outbox.dropCall("b")
        #expect(outbox.takeUnwritten(on: 1, now: .seconds(121)).map(\.message) == [result("3")])
    }
}
