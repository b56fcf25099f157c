import Foundation
import Simulator
import Testing

@Suite("Hanging up before the answer, through the real program", .enabled(if: BridgeProcess.binary != nil))
struct HangupScenarioTests {
    private static let answer = "Your answer from before: The answer is forty-two."
    private static let number = "+13125550142"

    private func begin(_ call: String, _ stage: Stage) async {
        await stage.service.sendEvent("call.started", ["call_id": call, "direction": "inbound"])
    }

    private func hangUp(_ call: String, _ stage: Stage) async {
        await stage.service.sendEvent("call.ended", ["call_id": call, "direction": "inbound"])
    }

    /// A caller asks, the agent has the question, and the caller hangs up.
    private func askAndHangUp(_ stage: Stage, _ query: String = "my secret question") async {
        await begin("c1", stage)
        await stage.ask("r1", query)
        #expect(await stage.hasAsked(1))
        await hangUp("c1", stage)
    }

    private func hears(_ text: String, in call: String, _ stage: Stage) async -> Bool {
        await stage.hears { $0.type == "response" && $0.call_id == call && $0.text == text }
    }

    @Test("killed while the agent works: the next process tells the answer in the owner's next call, once")
    func killed() async throws {
        let stage = try await Stage(agentTime: .seconds(3), adjust: { $0["report_calls"] = "none" })
        let first = try stage.run()
        #expect(await stage.login())
        await askAndHangUp(stage)
        #expect(await first.log.first(within: .seconds(40)) { $0.contains("an answer is kept") } != nil)
        #expect(stage.spooled("answers").values.contains { $0.contains("secret") })
        first.signal(SIGKILL)
        _ = await first.exit()
        let second = try stage.run()
        #expect(await stage.login(2))
        await begin("c2", stage)
        #expect(await hears(Self.answer, in: "c2", stage))
        await hangUp("c2", stage)
        await begin("c3", stage)
        await stage.ask("r3", call: "c3")
        #expect(await stage.result("r3") == "The answer is forty-two.")
        #expect(
            stage.texts("response", call: "c2").count == 2 && stage.texts("response", call: "c3").count == 1)
        #expect(stage.gateway.asked.entries.count == 2)
        second.signal(SIGTERM)
        #expect(await second.exit() == 0)
        #expect(!stage.spooled("answers").values.contains { $0.contains("secret") || $0.contains("forty") })
        let log = (first.log.entries + second.log.entries).joined(separator: "\n")
        #expect(!log.contains("secret") && !log.contains("forty"))
    }

    @Test("a caller who wants the answer as a text gets it, and hears it too when he stays on the line")
    func text() async throws {
        let stage = try await Stage(
            agentTime: .seconds(2),
            adjust: { ($0["report_calls"], $0["owner_number"]) = ("none", Self.number) })
        let bridge = try stage.run()
        #expect(await stage.login())
        await begin("c1", stage)
        await stage.ask("r1")
        #expect(await stage.hasAsked(1))
        await stage.ask("r2", "Text me the answer, please.")
        #expect(await stage.result("r2") == "I'll text you the answer.")
        #expect(await stage.result("r1") == "The answer is forty-two.")
        #expect(await stage.hasSent(1))
        #expect(stage.sentTexts == [ServiceEntry.Text(to: Self.number, message: Self.answer)])
        #expect(stage.gateway.asked.entries.count == 1)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        #expect(!bridge.log.entries.joined(separator: "\n").contains("1312"))
    }

    @Test("after_hangup call_back: the service is asked for one call, with the answer as its greeting")
    func callBack() async throws {
        let stage = try await Stage(
            agentTime: .seconds(1),
            adjust: {
                ($0["report_calls"], $0["owner_number"], $0["after_hangup"]) = (
                    "none", Self.number, "call_back"
                )
            })
        let bridge = try stage.run()
        #expect(await stage.login())
        await askAndHangUp(stage)
        let entry = await stage.service.journal.first(within: .seconds(60)) {
            if case .request("POST", "/v1/calls", _) = $0 { true } else { false }
        }
        guard case .request(_, _, let body) = try #require(entry) else { return }
        #expect(body == #"{"to":"\#(Self.number)","greeting":"\#(Self.answer)"}"#)
        #expect(
            await bridge.log.first(within: .seconds(40)) { $0.contains("was called with an answer") } != nil)
        withExtendedLifetime(bridge) {}
    }
}
