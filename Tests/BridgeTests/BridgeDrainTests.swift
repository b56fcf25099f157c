import TestSupport
import Testing

@testable import Bridge

@Suite("A bridge that drains")
struct BridgeDrainTests {
    private let fixture = BridgeFixture()
    private var service: ScriptedService { fixture.service }

    /// Counts the completions.
    private final class Count { var value = 0 }

    private func drain() -> Count {
        let count = Count()
        fixture.bridge.drain(within: .seconds(30)) { count.value += 1 }
        return count
    }

    @Test("without open questions it stops at once")
    func idle() {
        fixture.connect()
        let stopped = drain()
        #expect(service.current.isClosing)
        service.current.end(code: 1000)
        #expect(stopped.value == 1)
    }

    @Test("a running answer is waited for, delivered and confirmed before the line closes")
    func running() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(4))
        fixture.ask()
        fixture.time.advance(seconds: 1)
        let stopped = drain()
        fixture.time.advance(seconds: 4)
        #expect(fixture.results() == ["42."] && !service.current.isClosing)
        service.current.answerPings()
        #expect(service.current.isClosing)
        service.current.end(code: 1000)
        #expect(stopped.value == 1)
    }

    @Test("what comes meanwhile is asked to come again, and not handed to the agent")
    func newQuestion() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(4))
        fixture.ask(id: "r1")
        _ = drain()
        let asked = fixture.gateway.calls.count
        fixture.ask("And now?", id: "r2")
        #expect(fixture.results("r2") == ["I'm restarting. Please ask me again in a few seconds."])
        #expect(fixture.gateway.calls.count == asked)
    }

    @Test("after 30 s whoever waits is told the truth")
    func limit() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(100))
        fixture.ask()
        let stopped = drain()
        fixture.time.advance(seconds: 29)
        #expect(fixture.results().isEmpty && !service.current.isClosing)
        fixture.time.advance(seconds: 1)
        #expect(fixture.results() == ["I have to stop here, before the answer came."])
        service.current.end(code: 1000)
        #expect(stopped.value == 1)
        fixture.time.advance(seconds: 60)
        #expect(stopped.value == 1)
    }

    @Test("a call that ends is not waited for")
    func callEnds() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(100))
        fixture.ask()
        _ = drain()
        fixture.event("call.ended", #""call_id":"c1""#)
        #expect(service.current.isClosing)
    }
}
