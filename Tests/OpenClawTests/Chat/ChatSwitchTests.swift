import Agent
import TestSupport
import Testing

@testable import OpenClaw

@Suite("Whether a gateway is asked by chat is found out without a run")
struct ChatSwitchTests {
    private let fixture = AskingFixture(chatAgentID: "main")

    private func script(probe: ScriptedGateway.Answer) {
        fixture.gateway.script = { call in
            switch call.tool {
            case "chat-probe": probe
            case "chat": ScriptedStream.whole(ScriptedStream.delta("By chat."))
            default: .details(#"{"status":"ok","reply":"By sessions_send.","delivery":{"status":"skipped"}}"#)
            }
        }
    }

    @Test(
        "405 means on, everything else does not",
        arguments: [(405, true), (200, false), (404, false), (401, false), (503, false)])
    func probe(status: Int, isOn: Bool) {
        script(probe: .json(status: status, "<html>"))
        for number in 0..<2 {
            fixture.ask()
            fixture.time.advance(seconds: 2)
            #expect(fixture.outcome(number) == .reply(isOn ? "By chat." : "By sessions_send."))
        }
        // What says nothing of the endpoint is asked again.
        #expect(fixture.gateway.chatProbes.count == (status == 401 || status == 503 ? 2 : 1))
        #expect(fixture.log.count == (status == 401 || status == 503 ? 0 : 1))
        #expect(fixture.gateway.chatProbes.allSatisfy { $0.token == "token" })
    }

    @Test("openclaw.json that says no is believed, with nothing asked")
    func configured() {
        script(probe: .json(status: 405, ""))
        fixture.isChatEnabled = false
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome() == .reply("By sessions_send.") && fixture.gateway.chatProbes.isEmpty)
        #expect(fixture.log.count == 1 && fixture.log[0].contains("setup --chat-endpoint"))
        fixture.isChatEnabled = true
        fixture.agent.settingsChanged()
        fixture.time.advance(seconds: 2)
        #expect(fixture.agent.formName == "chat")
        fixture.ask()
        fixture.time.advance(seconds: 2)
        #expect(fixture.outcome(1) == .reply("By chat.") && fixture.gateway.chatProbes.count == 1)
    }

    @Test("two sessions that ask at once wait for one probe")
    func atOnce() {
        script(probe: .json(after: .seconds(1), status: 405, ""))
        fixture.ask()
        fixture.ask(from: .call("other"))
        fixture.time.advance(seconds: 3)
        #expect(fixture.gateway.chatProbes.count == 1 && fixture.gateway.chats.count == 2)
    }

    @Test("without the wish nothing is looked at")
    func unwished() {
        let plain = AskingFixture()
        plain.script(send: .details(#"{"status":"ok","reply":"Yes.","delivery":{"status":"skipped"}}"#)) {
            []
        }
        plain.ask()
        plain.agent.settingsChanged()
        plain.time.advance(seconds: 2)
        #expect(plain.gateway.chatProbes.isEmpty && plain.log.allSatisfy { !$0.contains("chat") })
    }
}
