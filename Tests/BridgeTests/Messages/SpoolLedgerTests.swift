import Agent
import ClawdTalkAPI
import Logging
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("The entries of a spool in memory")
struct SpoolLedgerTests {
    private let spool = MemorySpool<TextEntry>()
    private let ledger: SpoolLedger<TextEntry>

    init() {
        let log = Logger(label: "t") { _ in SwiftLogNoOpLogHandler() }
        let clock = SteadyClock(MemoryJournalFile(), time: ManualTime(), unixTime: { 1_000 }, log: log)
        ledger = SpoolLedger(spool, clock: clock, log: log)
    }

    private func entry(_ number: Int, doneAt: Int? = nil) -> TextEntry {
        let text = IncomingText(messageID: "m\(number)", sender: "+1", body: "x")
        var entry = TextEntry(number: number, text: text, receivedAt: 0)
        if let doneAt { entry.state = .done(at: doneAt, answerID: nil) }
        return entry
    }

    @Test("of the finished ones the last 2,000 are kept")
    func pruned() {
        for number in 1...2_005 { ledger.put(entry(number, doneAt: number)) }
        #expect(spool.load().count == 2_000 && !ledger.knows("m5") && ledger.knows("m6"))
    }

    @Test("open ones are kept however many and however old")
    func open() {
        for number in 1...2_005 { ledger.put(entry(number)) }
        #expect(ledger.open.count == 2_005 && ledger.knows("m1") && spool.load().count == 2_005)
    }

    @Test("numbers go on where the last process ended")
    func numbers() {
        ledger.put(entry(41))
        ledger.load()
        #expect(ledger.nextNumber() == 42 && ledger.nextNumber() == 43)
    }

    @Test("every state is written and read as it is")
    func states() {
        let states: [TextEntry.State] = [
            .received, .asked(receipt: Receipt("[ct:00000007]")), .answered(reply: "A \"b\"\n✅"),
            .sending(reply: "x", since: 5),
            .done(at: 1_000, answerID: "m1"), .done(at: 1_000, answerID: nil), .givenUp(at: 1_000),
        ]
        for (number, state) in states.enumerated() {
            var entry = entry(number)
            entry.state = state
            ledger.put(entry)
        }
        #expect(spool.load().map(\.state) == states)
        // What is over has no contents any more.
        #expect(spool.load().map(\.text.body) == ["x", "x", "x", "x", "", "", ""])
    }

    @Test("a save that fails late does not come back over a newer one")
    func overtaken() {
        spool.isSlow = true
        var newer = entry(1)
        newer.state = .answered(reply: "x")
        ledger.put(entry(1))
        ledger.put(newer)
        spool.failingSaves = [1]
        while spool.catchUp() > 0 { ledger.saveRest() }
        #expect(spool.load() == [newer])
    }

    @Test("several entries are saved when all of them are")
    func several() {
        var outcomes: [Bool] = []
        spool.failingSaves = [2]
        ledger.put([entry(1), entry(2), entry(3)]) { outcomes.append($0) }
        ledger.put([]) { outcomes.append($0) }
        ledger.put([entry(4), entry(5)]) { outcomes.append($0) }
        #expect(outcomes == [false, true, true] && spool.load().count == 5)
    }

    @Test("waits between tries: 2 s, doubling to 10 minutes")
    func pace() {
        let waits = (0...12).map { RetryPace.delay(afterFailures: $0) }
        #expect(waits == [2, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600].map { .seconds($0) })
        #expect(RetryPace.delay(afterFailures: .max) == .seconds(600))
    }
}
