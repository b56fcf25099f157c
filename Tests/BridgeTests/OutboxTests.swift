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
        #expect(outbox.takeUnwritten(on: 1).map(\.message) == [result("1")])
        #expect(outbox.takeUnwritten(on: 1).isEmpty)
        #expect(outbox.takeUnwritten(on: 2).count == 1)
    }

    @Test("a pong proves what was written before its ping, on its own connection only")
    func confirm() {
        var outbox = Outbox()
        outbox.add(result("1"), callID: nil, now: .zero)
        outbox.add(result("2"), callID: nil, now: .zero)
        let parcels = outbox.takeUnwritten(on: 1)
        outbox.confirm(upTo: parcels[0].number, on: 2)
        #expect(outbox.waitingCount == 2)
        outbox.confirm(upTo: parcels[0].number, on: 1)
        #expect(outbox.takeUnwritten(on: 2).map(\.message) == [result("2")])
    }

    @Test("dropped after two minutes, or with its call")
    func dropped() {
        var outbox = Outbox()
        outbox.add(result("1"), callID: "a", now: .zero)
        outbox.add(result("2"), callID: "b", now: .seconds(100))
        outbox.add(result("3"), callID: "c", now: .seconds(100))
        outbox.dropCall("b")
        #expect(outbox.takeExpired(now: .seconds(119)).isEmpty)
        #expect(outbox.takeExpired(now: .seconds(121)).map(\.message) == [result("1")])
        #expect(outbox.takeUnwritten(on: 1).map(\.message) == [result("3")])
    }
}

@Suite("What is worth how much on its way")
struct OutboxKindTests {
    private func progress(_ text: String) -> ClientMessage { .deepToolProgress(requestID: "r", text: text) }

    @Test("progress goes once, needs no proof, and is stale after five seconds or an answer")
    func progress() {
        var outbox = Outbox()
        outbox.add(progress("a"), .progress, callID: "c", question: 1, now: .zero)
        #expect(outbox.takeUnwritten(on: 1).count == 1)
        #expect(outbox.takeUnwritten(on: 2).isEmpty && outbox.waitingCount == 0)
        outbox.add(progress("b"), .progress, callID: "c", question: 1, now: .zero)
        #expect(outbox.takeExpired(now: .seconds(4)).isEmpty)
        #expect(outbox.takeExpired(now: .seconds(5)).count == 1 && outbox.takeUnwritten(on: 2).isEmpty)
        outbox.add(progress("c"), .progress, callID: "c", question: 1, now: .zero)
        outbox.add(progress("d"), .progress, callID: "c", question: 2, now: .zero)
        outbox.add(.deepToolResult(requestID: "r", text: "e"), callID: "c", question: 1, now: .zero)
        #expect(
            outbox.takeUnwritten(on: 2).map(\.message) == [
                progress("d"), .deepToolResult(requestID: "r", text: "e"),
            ])
    }

    @Test("a newer sentence on the way takes the place of one that was not said")
    func newest() {
        var outbox = Outbox()
        for text in ["a", "b", "c"] {
            outbox.add(progress(text), .progress, callID: "c", question: 1, now: .zero)
        }
        #expect(outbox.takeUnwritten(on: 1).map(\.message) == [progress("c")])
    }

    @Test("when it is full, answers are the last to go")
    func full() {
        var outbox = Outbox()
        outbox.add(.deepToolResult(requestID: "first", text: ""), callID: nil, now: .zero)
        for number in 0..<2000 { outbox.add(progress("\(number)"), .progress, callID: nil, now: .zero) }
        let due = outbox.takeUnwritten(on: 1)
        #expect(due.count == 1000 && due[0].message == .deepToolResult(requestID: "first", text: ""))
    }
}
