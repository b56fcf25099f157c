import Foundation
import Simulator
import Testing

@Suite("Whole conversations through the real program", .enabled(if: BridgeProcess.binary != nil))
struct ConversationScenarioTests {
    @Test(
        "the agent works for a minute: the longest silence is six seconds, and nothing is said twice in a row"
    )
    func minute() async throws {
        let stage = try await Stage(persona: .stillRunning, agentTime: .seconds(60))
        let bridge = try stage.run()
        #expect(await stage.login())
        let start = ContinuousClock.now
        await stage.ask("r1")
        #expect(await stage.result("r1", within: .seconds(120)) == "The answer is forty-two.")
        let heard = stage.service.journal.timedEntries.filter { $0.entry.frame?.request_id == "r1" }
        let times = [start] + heard.map(\.time)
        #expect(try #require(zip(times, times.dropFirst()).map { $1 - $0 }.max()) <= .seconds(6))
        let texts = heard.compactMap(\.entry.frame?.text)
        #expect(texts.contains("Let me look that up."))
        #expect(zip(texts, texts.dropFirst()).allSatisfy(!=))
        #expect(try #require(times.last) - start > .seconds(59))
        withExtendedLifetime(bridge) {}
    }

    @Test(
        "a reply after the time limit is spoken in the call, never as a second result",
        arguments: [Persona.stillRunning, .timeoutStatus, .selfSendRefused, .okWithoutReply])
    func late(persona: Persona) async throws {
        let stage = try await Stage(
            persona: persona, agentTime: .seconds(8), adjust: { $0["reply_timeout_seconds"] = 5 })
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.result("r1")?.contains("no answer yet") == true)
        #expect(
            await stage.hears {
                $0.type == "response" && $0.text?.contains("The answer is forty-two.") == true
            })
        #expect(stage.results("r1").count == 1 && stage.gateway.asked.entries.count == 1)
        withExtendedLifetime(bridge) {}
    }

    @Test("a hundred questions in twenty calls at once: none is mixed up, each is asked and answered once")
    func hundred() async throws {
        let stage = try await Stage(agentTime: .milliseconds(30)) { message in
            let line = message.split(whereSeparator: \.isNewline).first ?? ""
            return "This answers \(line.components(separatedBy: "asks: ").last ?? "")."
        }
        let bridge = try stage.run()
        #expect(await stage.login())
        for number in 0..<100 { await stage.ask("r\(number)", "number \(number)", call: "c\(number % 20)") }
        for number in 0..<100 {
            #expect(await stage.result("r\(number)") == "This answers number \(number).")
        }
        #expect((0..<100).allSatisfy { stage.results("r\($0)").count == 1 })
        #expect(stage.gateway.asked.entries.count == 100)
        withExtendedLifetime(bridge) {}
    }

    @Test(
        "every script is spoken as it is",
        arguments: [
            "Привет, мир. Завтра дождь.", "明天有雨，气温十五度。", "غداً ممطر، والحرارة ١٥ درجة.", "מחר ירד גשם.",
            "明日は雨です。", "कल बारिश होगी।",
        ])
    func scripts(text: String) async throws {
        let stage = try await Stage(answer: { _ in text })
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1", text)
        #expect(await stage.result("r1") == text)
        #expect(stage.gateway.asked.entries.first?.contains(text) == true)
        withExtendedLifetime(bridge) {}
    }

    @Test("the older service: what is said in pieces is one question, answered by a response")
    func transcripts() async throws {
        let stage = try await Stage()
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.service.sendEvents([
            ("transcription", ["call_id": "c1", "transcript": "what is"]),
            ("message", ["call_id": "c1", "text": "the answer"]),
        ])
        #expect(await stage.hears { $0.type == "response" && $0.text == "The answer is forty-two." })
        #expect(stage.gateway.asked.entries.map { $0.contains("what is the answer") } == [true])
        withExtendedLifetime(bridge) {}
    }

    @Test("stop ends the wait at once; the agent's later answer is not spoken, the next question is")
    func stop() async throws {
        let stage = try await Stage(agentTime: .seconds(3))
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1", "first")
        #expect(await stage.gateway.asked.first(within: .seconds(40)) { _ in true } != nil)
        await stage.ask("r2", "Never mind.")
        #expect(await stage.result("r1") == "All right, I stop waiting.")
        #expect(await stage.result("r2") == "Okay.")
        await stage.ask("r3", "second")
        #expect(await stage.result("r3") == "The answer is forty-two.")
        #expect(stage.gateway.asked.entries.count == 2 && stage.texts("response").isEmpty)
        withExtendedLifetime(bridge) {}
    }

    @Test("another agent and session, everywhere; the service cannot choose one", arguments: [true, false])
    func session(isNamed: Bool) async throws {
        let stage = try await Stage(adjust: {
            $0["agent_id"] = "work"
            if isNamed { $0["session_key"] = "agent:work:phone" }
        })
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        await stage.service.sendEvent("message", ["call_id": "c2", "text": "hello there"])
        await stage.service.sendEvent(
            "walkie_request", ["request_id": "w1", "transcript": "hi", "session_key": "agent:main:main"])
        #expect(await stage.result("r1") != nil)
        #expect(await stage.hears { $0.type == "response" && $0.call_id == "c2" })
        #expect(await stage.hears { $0.type == "walkie_response" && $0.reply == "The answer is forty-two." })
        #expect(Set(stage.gateway.sessions.entries) == [isNamed ? "agent:work:phone" : "agent:work:main"])
        withExtendedLifetime(bridge) {}
    }

    @Test("a walkie-talkie request that cannot be asked is answered with one sentence")
    func walkieError() async throws {
        let stage = try await Stage(persona: .notAllowed)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.service.sendEvent("walkie_request", ["request_id": "w1", "transcript": "hi"])
        #expect(
            await stage.hears {
                $0.type == "walkie_response" && $0.reply == nil
                    && $0.error?.contains("doesn't allow it yet") == true
            })
        withExtendedLifetime(bridge) {}
    }

    @Test("killed in the middle of a call: the next process tells the caller, and greets nobody again")
    func killed() async throws {
        let stage = try await Stage(agentTime: .seconds(20))
        let first = try stage.run()
        #expect(await stage.login())
        await stage.service.sendEvent("call.started", ["call_id": "c1"])
        await stage.ask("r1")
        #expect(await stage.gateway.asked.first(within: .seconds(40)) { _ in true } != nil)
        first.signal(SIGKILL)
        #expect(await first.exit() != nil)
        let second = try stage.run()
        #expect(await stage.login(2))
        #expect(await stage.result("r1")?.contains("interrupted") == true)
        await stage.service.sendEvent("call.started", ["call_id": "c1"])
        await stage.service.sendEvent("call.started", ["call_id": "c2"])
        #expect(await stage.hears { $0.type == "response" && $0.call_id == "c2" })
        #expect(stage.texts("response").count == 1 && stage.results("r1").count == 1)
        withExtendedLifetime(second) {}
    }

    @Test("the bridge speaks the configured language")
    func language() async throws {
        let stage = try await Stage(
            persona: .noReply,
            adjust: {
                $0["language"] = "es"
                $0["phrases"] = ["no_reply": "Nada."]
            })
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.service.sendEvent("call.started", ["call_id": "c1"])
        await stage.ask("r1")
        #expect(await stage.result("r1") == "Nada.")
        #expect(stage.texts("response") == ["Hola Ana, ¿en qué puedo ayudarte?"])
        withExtendedLifetime(bridge) {}
    }
}
