import Foundation
import Simulator
import Testing

@Suite("Asked by chat: the real program against stand-ins", .enabled(if: BridgeProcess.binary != nil))
struct ChatScenarioTests {
    /// All that was said to a request, in order.
    private func said(_ stage: Stage, _ id: String) -> [String] {
        stage.service.journal.entries.compactMap(\.frame).filter { $0.request_id == id }.compactMap(\.text)
    }

    private static let answer =
        "You have **two** things. The first is at 10.30! Dr. Tomás の予約。では、また。 NO_REPLY"
    private static let spoken = [
        "Let me look that up.", "You have two things.", "The first is at 10.30!", "Dr. Tomás の予約。", "では、また。",
    ]

    @Test(
        "sentences are said as they are finished, each once, in order",
        arguments: [Persona.chat, .chatBroken])
    func sentences(persona: Persona) async throws {
        let stage = try await Stage(persona: persona, agentTime: .seconds(2)) { _ in Self.answer }
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.result("r1") != nil)
        let said = said(stage, "r1").filter { !$0.contains("Still") && !$0.contains("moment") }
        #expect(said.joined().filter { $0 != " " } == Self.spoken.joined().filter { $0 != " " })
        #expect(persona == .chatBroken || said.count == Self.spoken.count)
        #expect(stage.gateway.asked.entries.count == 1)
        #expect(stage.gateway.calls.entries.contains("sessions_send") == false)
        withExtendedLifetime(bridge) {}
    }

    @Test("after_hangup cancel: hanging up ends the agent's run")
    func hangUp() async throws {
        let stage = try await Stage(
            persona: .chat, agentTime: .seconds(30), adjust: { $0["after_hangup"] = "cancel" })
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.gateway.asked.first(within: .seconds(40)) { _ in true } != nil)
        await stage.service.sendEvent("call.ended", ["call_id": "c1", "reason": "user_hangup"])
        #expect(await stage.gateway.calls.first(within: .seconds(40)) { $0 == "chat cancelled" } != nil)
        withExtendedLifetime(bridge) {}
    }

    @Test("a bridge that ends ends its runs too")
    func stop() async throws {
        let stage = try await Stage(persona: .chat, agentTime: .seconds(30))
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.gateway.asked.first(within: .seconds(40)) { _ in true } != nil)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        #expect(await stage.gateway.calls.first(within: .seconds(40)) { $0 == "chat cancelled" } != nil)
    }

    @Test("where it is not enabled, it is said once, and asked by sessions_send")
    func off() async throws {
        let stage = try await Stage(persona: .chatOff)
        let bridge = try stage.run()
        #expect(await stage.login())
        for id in ["r1", "r2"] {
            await stage.ask(id)
            #expect(await stage.result(id) == "The answer is forty-two.")
        }
        #expect(bridge.log.entries.count { $0.contains("no chat endpoint at the gateway") } == 1)
        #expect(bridge.log.entries.contains { $0.contains("setup --chat-endpoint") })
        #expect(!stage.gateway.calls.entries.contains("chat"))
    }

    @Test("openclaw.json that has it off is believed; one that changes is looked at again")
    func configured() async throws {
        let stage = try await Stage(persona: .chat)
        let folder = stage.home.appending(path: ".openclaw")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ isOn: Bool) throws {
            try
                "{gateway: {port: \(stage.gateway.port), http: {endpoints: {chatCompletions: {enabled: \(isOn)}}}}}"
                .write(to: folder.appending(path: "openclaw.json"), atomically: true, encoding: .utf8)
        }
        try write(false)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.result("r1") == "The answer is forty-two.")
        #expect(!stage.gateway.calls.entries.contains("chat"))
        try write(true)
        #expect(await bridge.log.first(within: .seconds(40)) { $0.contains("asking by chat") } != nil)
        await stage.ask("r2")
        let second = await stage.result("r2")
        #expect(second == "The answer is forty-two.", "\(bridge.log.entries.joined(separator: "\n"))")
        #expect(stage.gateway.calls.entries.contains("chat"))
        withExtendedLifetime(bridge) {}
    }

    @Test("ask prints the sentences as they come")
    func ask() async throws {
        let stage = try await Stage(persona: .chat) { _ in Self.answer }
        let (status, output) = try await BridgeProcess.run(["ask", "what?"], home: stage.home)
        #expect(status == 0)
        #expect(output.map { $0.split(separator: " s  ").last.map(String.init) } == Self.spoken)
    }
}
