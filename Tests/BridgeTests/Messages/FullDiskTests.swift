import ClawdTalkAPI
import TestSupport
import Testing

@testable import Bridge

@Suite("What a full disk kept from being written is written as soon as there is room")
struct FullDiskTests {
    private let fixture = MessageFixture()

    init() {
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        (fixture.textSpool.isFull, fixture.reportSpool.isFull) = (true, true)
        fixture.receive("one")
        fixture.reports.accept(CallOutcome(callID: "c1"))
        fixture.advance(30)
        #expect(fixture.textSpool.text.isEmpty && fixture.reportSpool.text.isEmpty)
        (fixture.textSpool.isFull, fixture.reportSpool.isFull) = (false, false)
    }

    @Test("while nothing else can be done for it")
    func later() {
        fixture.advance(120)
        #expect(fixture.textSpool.text.contains("w:one") && fixture.reportSpool.text.contains("c1"))
    }

    @Test("at the latest when the bridge stops; the next process takes it up")
    func stop() {
        fixture.texts.stop()
        fixture.reports.stop()
        #expect(fixture.textSpool.text.contains("w:one") && fixture.reportSpool.text.contains("c1"))
        fixture.agent.mood = .answering
        fixture.restart()
        fixture.advance(30)
        #expect(fixture.service.sent.map(\.body) == ["Reply to one."])
    }
}
