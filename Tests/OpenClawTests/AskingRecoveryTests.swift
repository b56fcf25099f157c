import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("Questions of a process that is gone: asked again only when it is certain that they were not")
struct AskingRecoveryTests {
    private let fixture = AskingFixture()
    private let earlier = EarlierAsking(receipt: Marker(7).receipt, since: 1_000)

    @Test("a question that was asked before the crash is not asked again, and its answer is found")
    func recovered() {
        fixture.script(send: .never) { [markedInput(7), Row.said("42.")] }
        fixture.ask { $0.earlier = earlier }
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .reply("42.") && fixture.gateway.sends.isEmpty)
    }

    @Test("one that was not is asked under the same marker, when the history has not shown it for a while")
    func notAskedBefore() {
        fixture.script(send: .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)) {
            []
        }
        fixture.ask { $0.earlier = earlier }
        fixture.time.advance(seconds: 14)
        #expect(fixture.gateway.sends.isEmpty)
        fixture.time.advance(seconds: 4)
        #expect(fixture.gateway.sends.first?.message?.contains("[ct:00000007]") == true)
        #expect(fixture.outcome() == .reply("42."))
    }

    @Test("looking for an earlier question keeps no other one waiting")
    func recoveringIsNoTurn() {
        fixture.script(send: .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)) {
            []
        }
        fixture.ask { $0.earlier = earlier }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome(1) == .reply("42."))
    }

    @Test("while the history cannot be read nothing is asked twice")
    func unreadable() {
        fixture.gateway.script = { _ in .failure(mayHaveArrived: false) }
        fixture.ask(limit: 60) { $0.earlier = earlier }
        fixture.time.advance(seconds: 61)
        #expect(fixture.outcome() == .failed(.unreachable) && fixture.gateway.sends.isEmpty)
    }

    @Test("a window that is not full holds everything, when the rows of tools are in it too")
    func partlyFull() {
        let rows = Array(repeating: Row.said("y", at: 1_000_000), count: 400)
        fixture.script(send: .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)) {
            rows
        }
        fixture.ask { $0.earlier = earlier }
        fixture.time.advance(seconds: 18)
        #expect(fixture.outcome() == .reply("42.") && fixture.gateway.sends.count == 1)
        #expect(fixture.gateway.looks.prefix(3).map(\.includesTools) == [false, true, false])
    }

    @Test("a busy session is read as far back as it goes")
    func busySession() {
        fixture.script(send: .never) { [markedInput(7), Row.said("42.")] }
        fixture.ask { $0.earlier = earlier }
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.looks.map(\.limit) == [480])
    }

    @Test(
        "what the window of the history may have left out is not asked again",
        arguments: [(999_000.0, false), (990_000, true)])
    func fullWindow(oldest: Double, isAsked: Bool) {
        let rows = [Row.said("x", at: oldest)] + Array(repeating: Row.said("y", at: 2_000_000), count: 479)
        fixture.script(send: .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)) {
            rows
        }
        fixture.ask { $0.earlier = earlier }
        fixture.time.advance(seconds: 18)
        #expect(fixture.gateway.sends.isEmpty != isAsked)
        #expect(fixture.outcome() == (isAsked ? .reply("42.") : .failed(.uncertain)))
    }

    @Test("a gateway that left out rows has not shown all", arguments: ["droppedMessages", "hasMore"])
    func partial(member: String) {
        fixture.gateway.script = { _ in .details(#"{"messages":[],"\#(member)":true}"#) }
        fixture.ask { $0.earlier = earlier }
        fixture.time.advance(seconds: 18)
        #expect(fixture.outcome() == .failed(.uncertain) && fixture.gateway.sends.isEmpty)
    }
}
