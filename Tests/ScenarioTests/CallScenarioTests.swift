import Foundation
import Simulator
import Testing

@Suite("Calls through the real program", .enabled(if: BridgeProcess.binary != nil))
struct CallScenarioTests {
    @Test(
        "a call over TLS: login, greeting, question, progress, answer; SIGTERM closes with 1000 and exits 0",
        arguments: [true, false])
    func call(isSecure: Bool) async throws {
        let stage = try await Stage(isSecure: isSecure, agentTime: .milliseconds(2_500))
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.service.sendEvent("context_request", ["call_id": "c1"])
        await stage.service.sendEvent("call.started", ["call_id": "c1"])
        await stage.ask("r1")
        #expect(await stage.result("r1") == "The answer is forty-two.")
        let frames = stage.service.journal.entries.compactMap(\.frame)
        #expect(
            frames.filter { $0.type == "response" }.compactMap(\.text) == [
                "Hello Ana, what can I do for you?"
            ])
        #expect(frames.contains { $0.type == "deep_tool_progress" && $0.text == "Let me look that up." })
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        #expect(stage.service.journal.entries.contains(.ended(number: 1, closeCode: 1000)))
    }

    @Test("a line that is cut in the middle: the answer comes after the next login, once")
    func cut() async throws {
        let stage = try await Stage(agentTime: .seconds(2))
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.gateway.asked.first(within: .seconds(40)) { _ in true } != nil)
        await stage.service.cutLine()
        #expect(await stage.login(2))
        #expect(await stage.result("r1") == "The answer is forty-two.")
        // The second answer proves that the pong for the first has been read.
        await stage.ask("r2")
        #expect(await stage.result("r2") != nil)
        await stage.service.cutLine()
        #expect(await stage.login(3))
        await stage.ask("r3")
        #expect(await stage.result("r3") != nil)
        #expect(stage.results("r1").count == 1 && stage.gateway.asked.entries.count == 3)
        withExtendedLifetime(bridge) {}
    }

    @Test("who waits when the bridge stops is told so, and the next process has nothing to add")
    func stopped() async throws {
        let stage = try await Stage(agentTime: .seconds(2))
        let first = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.gateway.asked.first(within: .seconds(40)) { _ in true } != nil)
        first.signal(SIGTERM)
        #expect(await first.exit() == 0)
        let second = try stage.run()
        #expect(await stage.login(2))
        await stage.ask("r2")
        #expect(await stage.result("r2") == "The answer is forty-two.")
        #expect(stage.results("r1") == ["I have to stop here, before the answer came."])
        withExtendedLifetime(second) {}
    }

    @Test(
        "every gateway that can answer does, and the agent is asked once",
        arguments: Persona.allCases.filter(\.canAnswer))
    func answers(persona: Persona) async throws {
        let stage = try await Stage(persona: persona)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.result("r1", within: .seconds(40)) == "The answer is forty-two.")
        #expect(stage.gateway.asked.entries.count == 1)
        withExtendedLifetime(bridge) {}
    }

    @Test("twenty questions in five calls: none is mixed up, none is lost")
    func many() async throws {
        let stage = try await Stage(agentTime: .milliseconds(60)) { message in
            let question = message.split(whereSeparator: \.isNewline).first { $0.contains("number") } ?? ""
            return "This answers " + question.split(separator: ":").last!.trimmingCharacters(in: .whitespaces)
                + "."
        }
        let bridge = try stage.run()
        #expect(await stage.login())
        for number in 0..<20 { await stage.ask("r\(number)", "number \(number)", call: "c\(number % 5)") }
        for number in 0..<20 { #expect(await stage.result("r\(number)") == "This answers number \(number).") }
        #expect(stage.gateway.asked.entries.count == 20)
        withExtendedLifetime(bridge) {}
    }

    @Test("a service that is not there yet is tried until it is")
    func serviceDown() async throws {
        let stage = try await Stage()
        await stage.service.shut()
        let bridge = try stage.run()
        #expect(await bridge.log.first(within: .seconds(40)) { $0.contains("next_try_ms") } != nil)
        try await stage.service.reopen()
        #expect(await stage.login(within: .seconds(40)))
    }

    #if os(Linux)
        @Test("a bridge that is out of descriptors says so, and comes back when there are some")
        func outOfDescriptors() async throws {
            let stage = try await Stage()
            let bridge = try stage.run()
            #expect(await stage.login())
            // The soft limit alone: what is open stays open, and the limit can be raised again.
            try await bridge.limitDescriptors(to: "3:")
            await stage.service.cutLine()
            let text = String(cString: strerror(EMFILE))
            #expect(await bridge.log.first(within: .seconds(40)) { $0.contains(text) } != nil)
            try await bridge.limitDescriptors(to: "256:")
            #expect(await stage.login(2))
        }
    #endif

    @Test("a token that is changed in openclaw.json is found without a restart")
    func tokenChanged() async throws {
        let stage = try await Stage(adjust: { $0["gateway_token"] = nil })
        let folder = stage.home.appending(path: ".openclaw")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "openclaw.json")
        try "// old\n{gateway: {auth: {token: 'wrong',}}}".write(to: file, atomically: true, encoding: .utf8)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        #expect(await stage.result("r1")?.contains("doesn't accept my token") == true)
        try "{gateway: {auth: {token: 'demo-token'}}}".write(to: file, atomically: true, encoding: .utf8)
        #expect(
            await bridge.log.first(within: .seconds(40)) { $0.contains("gateway accepts the token") } != nil)
        await stage.ask("r2")
        #expect(await stage.result("r2") == "The answer is forty-two.")
    }

    @Test("a certificate for another host is refused, and said")
    func wrongCertificate() async throws {
        let stage = try await Stage(isSecure: true)
        let bridge = try stage.run(environment: ["SSL_CERT_FILE": "", "SSL_CERT_DIR": stage.home.path])
        let line = await bridge.log.first(within: .seconds(40)) {
            $0.contains("certificate of 127.0.0.1 was refused")
        }
        #expect(
            line?.contains("self-signed certificate") == true
                || line?.contains("self signed certificate") == true)
        bridge.signal(SIGINT)
        #expect(await bridge.exit() == 0)
    }
}
