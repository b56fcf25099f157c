import Foundation
import Simulator
import Testing

@Suite("A bridge that stays", .enabled(if: BridgeProcess.binary != nil))
struct StayScenarioTests {
    @Test("without a key it waits, says why once, and runs when the key's file has one")
    func keyFile() async throws {
        let stage = try await Stage(apiKey: "cc_right", adjust: { $0["api_key"] = nil })
        let clawdtalk = try HomeCommands(stage)
        let key = stage.home.appending(path: "key file")
        let bridge = try stage.run(
            ["run", "--stay"], environment: ["CLAWDTALK_API_KEY_FILE": key.path])
        #expect(
            await clawdtalk.report { $0.state == "stopped" && $0.problem?.contains("key file") == true }
                != nil)
        let health = try await clawdtalk("status", "--health")
        #expect(health.status == 1 && health.output.first?.contains("cannot be read") == true)
        // A wrong key: the service refuses it, and the bridge stays.
        try "cc_wrong\n".write(to: key, atomically: true, encoding: .utf8)
        #expect(await clawdtalk.report { $0.problem?.contains("refuses the API key") == true } != nil)
        try "cc_right\n".write(to: key, atomically: true, encoding: .utf8)
        #expect(await clawdtalk.report { $0.connected && $0.problem == nil } != nil)
        #expect(bridge.log.entries.count { $0.contains("waiting for the configuration to change") } == 2)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit(within: .seconds(10)) == 0)
        #expect(!bridge.log.entries.contains { $0.contains("cc_right") || $0.contains("cc_wrong") })
    }

    @Test("stopped while it waits, it ends with 0 at once")
    func stopWhileStalled() async throws {
        let home = try BridgeProcess.makeHome(nil)
        try "{".write(to: home.appending(path: "skill-config.json"), atomically: true, encoding: .utf8)
        let bridge = try BridgeProcess(["run", "--stay"], home: home)
        #expect(await bridge.log.first(within: .seconds(20)) { $0.contains("it is not JSON") } != nil)
        #expect(try await BridgeProcess.run(["status"], home: home).status == 1)
        #expect(try await BridgeProcess.run(["stop"], home: home).status == 0)
        #expect(await bridge.exit(within: .seconds(10)) == 0)
    }
}
