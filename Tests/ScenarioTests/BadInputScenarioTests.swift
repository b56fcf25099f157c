import Foundation
import Simulator
import Testing

@Suite(
    "Bad input: one line in the log without contents, and the next request is served",
    .enabled(if: BridgeProcess.binary != nil))
struct BadInputScenarioTests {
    @Test("from the service")
    func service() async throws {
        let stage = try await Stage()
        let bridge = try stage.run()
        #expect(await stage.login())
        let deep = String(repeating: "[", count: 10_000)
        for bad in [
            "{", "7", "null", deep, #"{"type":"event","event":"deep_tool_request","request_id":[1]}"#,
            #"{"type":"event","event":"secret.plan"}"#,
            #"{"type":"event","event":"x","text":""# + String(repeating: "s", count: 4 << 20) + #""}"#,
        ] {
            await stage.service.send(bad)
        }
        await stage.service.sendBinary([0, 1, 2])
        await stage.ask("r1", "my secret question")
        #expect(await stage.result("r1") == "The answer is forty-two.")
        #expect(stage.service.journal.entries.count { if case .connected = $0 { true } else { false } } == 1)
        let log = bridge.log.entries.joined(separator: "\n")
        #expect(
            !log.contains("secret question") && !log.contains("forty") && !log.contains("ssss")
                && !log.contains("cc_test"))
        #expect(bridge.log.entries.allSatisfy { $0.count < 400 })
    }

    @Test("a message over the limit costs the connection, not the bridge")
    func tooLarge() async throws {
        let stage = try await Stage()
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.service.send(#"{"a":""# + String(repeating: "x", count: 9 << 20) + #""}"#)
        #expect(await stage.login(2))
        await stage.ask("r1")
        #expect(await stage.result("r1") != nil)
        #expect(stage.service.journal.entries.contains(.ended(number: 1, closeCode: 1009)))
        withExtendedLifetime(bridge) {}
    }

    @Test(
        "from the gateway",
        arguments: [
            Persona.html, .notAGateway, .notAllowed, .wrongToken, .forbidden, .refused, .runFailed, .noReply,
        ])
    func gateway(persona: Persona) async throws {
        let stage = try await Stage(persona: persona)
        let bridge = try stage.run()
        #expect(await stage.login())
        // A web page may hide that the question arrived: that one is looked for during 15 s, so once is
        // enough.
        for id in persona == .html ? ["r1"] : ["r1", "r2"] {
            await stage.ask(id)
            let said = try #require(await stage.result(id, within: .seconds(120)))
            #expect(
                said.hasSuffix(".") && !said.contains("Done") && !said.contains("<")
                    && !said.contains("forty"))
        }
        withExtendedLifetime(bridge) {}
    }

    @Test("replies of 64 KiB and 3 MiB are spoken up to the limit")
    func longReply() async throws {
        let stage = try await Stage { message in
            String(repeating: "This is a sentence. ", count: message.contains("long") ? 150_000 : 3_300)
        }
        let bridge = try stage.run()
        #expect(await stage.login())
        for (id, query) in [("r1", "short"), ("r2", "long")] {
            await stage.ask(id, query)
            let text = try #require(await stage.result(id, within: .seconds(120)))
            #expect(text.count <= 2_000 && text.hasSuffix("sentence."))
        }
        withExtendedLifetime(bridge) {}
    }

    @Test(
        "only DEBUG logs what is said, and says so",
        arguments: [("1", true), ("true", true), ("yes", false), ("0", false)])
    func debug(value: String, isLogged: Bool) async throws {
        let stage = try await Stage()
        let bridge = try stage.run(environment: ["DEBUG": value])
        #expect(await stage.login())
        await stage.ask("r1", "my secret question")
        #expect(await stage.result("r1") != nil)
        bridge.signal(SIGTERM)
        _ = await bridge.exit()
        #expect(bridge.log.entries.contains { $0.contains("secret question") } == isLogged)
        #expect(bridge.log.entries.contains { $0.contains("what is said in calls is logged") } == isLogged)
    }
}
