import ClawdTalkAPI
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("Other settings while it runs")
struct BridgeApplyTests {
    private let fixture = BridgeFixture()

    private func apply(_ change: (inout BridgeSettings) -> Void) {
        var settings = fixture.bridge.settings
        change(&settings)
        fixture.bridge.apply(
            settings, messages: MessageSettings(), recorder: nil)
    }

    @Test("the next greeting is the new one, on the same line")
    func greeting() {
        fixture.connect()
        fixture.event("call.started", #""call_id":"c1""#)
        apply { $0.greeting = "Good evening." }
        fixture.event("call.started", #""call_id":"c2""#)
        #expect(fixture.responses("c1") == ["Hello Ana, what can I do for you?"])
        #expect(fixture.responses("c2") == ["Good evening."] && fixture.service.connections.count == 1)
    }

    @Test("approvals, language and what is said count for the next question")
    func conversation() {
        fixture.connect()
        fixture.reply("42.")
        apply {
            $0.conversation.language = "de"
            $0.conversation.approvalMode = .always
        }
        fixture.ask()
        fixture.time.advance(seconds: 1)
        // Held for the owner's yes, although nothing in it is sensitive.
        #expect(fixture.rest.calls.map(\.path) == ["/approvals"] && fixture.gateway.calls.isEmpty)
        apply { $0.conversation.approvalMode = .off }
        fixture.ask(id: "r2")
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.sends.count == 1)
        fixture.bridge.drain(within: .seconds(30)) {}
        fixture.ask(id: "r3")
        #expect(fixture.results("r3") == [Phrases.german.restarting])
    }

    @Test("another key counts at the next login")
    func key() {
        fixture.connect()
        apply { $0.apiKey = "cc_new" }
        fixture.service.current.end()
        fixture.time.advance(seconds: 1)
        fixture.service.current.signal(.opened)
        #expect(fixture.service.current.sent.first?["api_key"] as? String == "cc_new")
        #expect(fixture.bridge.ports.requests.rest.apiKey == "cc_new")
    }

    @Test("calls are not kept any more when that was switched off")
    func recorder() {
        fixture.connect()
        fixture.event("call.started", #""call_id":"c1""#)
        let kept = fixture.recorder.events.count
        #expect(kept > 0)
        apply { _ in }
        fixture.event("call.started", #""call_id":"c2""#)
        #expect(fixture.recorder.events.count == kept)
    }
}
