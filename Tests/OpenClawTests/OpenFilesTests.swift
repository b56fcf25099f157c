import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("Too many files are open: the caller hears that, and not that the token is wrong")
struct OpenFilesTests {
    private let fixture = AskingFixture()

    @Test("a token that cannot be read is not a wrong one, and the gateway is not asked without it")
    func tokenUnreadable() {
        fixture.gateway.script = { _ in .json(status: 401, #"{"error":{"type":"unauthorized"}}"#) }
        fixture.setTokens(nil)
        fixture.agent.prepare()
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .failed(.tooManyOpenFiles) && fixture.gateway.calls.isEmpty)
    }

    @Test(
        "a connection that cannot be opened for it is not a gateway that is away", arguments: [false, true])
    func noConnection(byChat: Bool) {
        let fixture = AskingFixture(chatAgentID: byChat ? "main" : nil)
        fixture.isChatEnabled = byChat ? true : nil
        fixture.gateway.script = { call in
            call.tool == "chat-probe"
                ? .json(status: 405, "") : .failure(mayHaveArrived: false, hasTooManyOpenFiles: true)
        }
        fixture.ask()
        fixture.time.advance(seconds: 10)
        #expect(fixture.outcome() == .failed(.tooManyOpenFiles))
        #expect(!fixture.updates[0].contains(.gatewayUnavailable))
    }

    @Test("when it passes in a moment the question is answered", arguments: [false, true])
    func passes(isTokenUnreadable: Bool) {
        let time = fixture.time
        if isTokenUnreadable { fixture.setTokens(nil) }
        fixture.gateway.script = { _ in
            time.now < .seconds(2) && !isTokenUnreadable
                ? .failure(mayHaveArrived: false, hasTooManyOpenFiles: true)
                : .details(#"{"status":"ok","reply":"42.","delivery":{"status":"skipped"}}"#)
        }
        fixture.ask()
        fixture.time.advance(seconds: 2)
        fixture.setTokens(["token"])
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .reply("42.") && fixture.gateway.sends.last?.token == "token")
    }

    @Test("a question of an earlier process is not given up for it")
    func recovering() {
        fixture.setTokens(nil)
        fixture.ask { $0.earlier = EarlierAsking(receipt: Marker(7).receipt, since: 1_000) }
        fixture.time.advance(seconds: 1)
        #expect(fixture.outcome() == .failed(.tooManyOpenFiles) && fixture.gateway.calls.isEmpty)
    }
}
