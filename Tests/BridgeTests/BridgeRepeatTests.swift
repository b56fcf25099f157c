import TestSupport
import Testing

@testable import Bridge

@Suite("The service asks the same request again: it gets the result again, and the agent is not asked")
struct BridgeRepeatTests {
    private let fixture = BridgeFixture()

    init() {
        fixture.connect()
        fixture.reply("42.")
    }

    @Test("after the result it comes again, for two minutes", arguments: [1.0, 119, 125])
    func again(seconds: Double) {
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.service.current.answerPings()
        fixture.time.advance(seconds: seconds - 0.5)
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.results() == (seconds < 120 ? ["42.", "42."] : ["42."]))
        #expect(fixture.gateway.sends.count == 1 && fixture.bridge.status.answered == 1)
    }

    @Test("while the answer is awaited, one result comes")
    func open() {
        fixture.reply("42.", after: .seconds(3))
        fixture.ask()
        fixture.time.advance(seconds: 1)
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.results() == ["42."] && fixture.gateway.sends.count == 1)
    }

    @Test("a result that waits for the line is delivered once, however often it is asked for")
    func waitsForLine() {
        fixture.ask()
        fixture.time.advance(seconds: 0.1)
        fixture.service.current.end()
        fixture.time.advance(seconds: 2)
        fixture.service.current.logIn()
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(fixture.results().allSatisfy { $0 == "42." } && (1...2).contains(fixture.results().count))
        #expect(fixture.gateway.sends.count == 1)
    }

    @Test("another question under an old id does not get an old answer")
    func otherQuestion() {
        fixture.ask("What?")
        fixture.time.advance(seconds: 1)
        fixture.ask("And now?")
        fixture.time.advance(seconds: 1)
        #expect(fixture.results() == ["42."])
    }

    @Test("a walkie-talkie gets its response again")
    func walkie() {
        for _ in 0..<2 {
            fixture.event("walkie_request", #""request_id":"w1","transcript":"hi""#)
            fixture.time.advance(seconds: 1)
            fixture.service.current.answerPings()
        }
        let replies = fixture.service.current.sent.compactMap { $0["reply"] as? String }
        #expect(replies == ["42.", "42."] && fixture.gateway.sends.count == 1)
    }

    @Test("a sentence that there is no answer comes again too")
    func failure() {
        fixture.gateway.script = { _ in .json(status: 404, "nope") }
        for _ in 0..<2 {
            fixture.ask()
            fixture.time.advance(seconds: 1)
            fixture.service.current.answerPings()
        }
        #expect(fixture.results().count == 2 && Set(fixture.results()).count == 1)
        #expect(fixture.gateway.sends.count == 1)
    }
}
