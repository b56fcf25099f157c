import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("A reply that comes late, a message that only has to arrive")
struct AskingLateTests {
    private let fixture = AskingFixture()

    @Test("after the time limit the history is still watched, and the reply that comes is told")
    func late() {
        var rows = [markedInput()]
        fixture.script(send: .details(#"{"status":"accepted","runId":"r"}"#)) { rows }
        fixture.ask(limit: 10) { $0.lateLimit = .seconds(600) }
        fixture.time.advance(seconds: 11)
        #expect(fixture.updates[0].last == .overdue)
        rows.append(Row.said("At last."))
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .reply("At last."))
    }

    @Test("a run that goes on keeps the session: a send that meets it could lose both")
    func lane() {
        var rows = [markedInput()]
        fixture.script(send: .details(#"{"status":"accepted","runId":"r"}"#)) { rows }
        fixture.ask(limit: 10) { $0.lateLimit = .seconds(600) }
        fixture.ask()
        fixture.time.advance(seconds: 60)
        #expect(fixture.updates[0].last == .overdue && fixture.gateway.sends.count == 1)
        rows.append(Row.said("At last."))
        fixture.time.advance(seconds: 3)
        #expect(fixture.gateway.sends.count == 2)
    }

    @Test("the late reply is given up in the end")
    func never() {
        fixture.script(send: .details(#"{"status":"accepted","runId":"r"}"#)) { [markedInput()] }
        fixture.ask(limit: 10) { $0.lateLimit = .seconds(60) }
        fixture.time.advance(seconds: 69)
        #expect(fixture.outcome() == nil)
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .failed(.timedOut))
        // The session is kept for it a little longer, and then no more.
        fixture.time.advance(seconds: 301)
        #expect(!fixture.isBusy)
        let looks = fixture.gateway.looks.count
        fixture.time.advance(seconds: 60)
        #expect(fixture.gateway.looks.count == looks)
    }

    @Test("a report does not wait for a reply, whatever the gateway's form")
    func report() {
        fixture.script(send: .details(#"{"status":"accepted","runId":"r"}"#)) { [] }
        fixture.ask { $0.wantsReply = false }
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .noReply)
        #expect(fixture.gateway.sends[0].timeoutSeconds == 0 && fixture.isBusy)
    }

    @Test("a report whose call broke off has arrived when its marker is there")
    func brokenReport() {
        fixture.script(send: .failure(mayHaveArrived: true)) { [markedInput()] }
        fixture.ask { $0.wantsReply = false }
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .noReply && fixture.gateway.sends.count == 1)
    }

    @Test("a turn that is cancelled before its time sends nothing")
    func cancelledInTime() {
        fixture.ask()
        fixture.turns[0].cancel()
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.calls.isEmpty && !fixture.isBusy)
    }

    @Test("markers are written down and read", arguments: [0, 0x1A2B_3C4D, UInt32.max])
    func marker(value: UInt32) {
        #expect(Marker(text: Marker(value).text) == Marker(value))
        #expect(Marker(text: "[ct:12]") == nil && Marker(text: "x") == nil)
    }
}
