import Foundation
import Simulator
import Testing

@Suite("setup with the gateway and the service there", .enabled(if: BridgeProcess.binary != nil))
struct SetupOnlineTests {
    private let stage: Stage
    private let file: URL

    init() async throws {
        stage = try await Stage(
            ownerNumber: "+13125550142",
            adjust: {
                ($0["api_key"], $0["gateway_token"]) = ("cc_test_0123456789", nil)
            })
        let folder = stage.home.appending(path: ".openclaw")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "openclaw.json")
        try "{gateway: {port: \(stage.gateway.port), auth: {token: 'demo-token'}}}\n".write(
            to: file, atomically: true, encoding: .utf8)
    }

    private func setUp(_ more: String...) async throws -> CommandRun {
        try await CommandRun.run(
            [BridgeProcess.binary ?? "clawdtalk", "setup", "--yes"] + more,
            environment: BridgeProcess.environment(stage.home, stage.environment))
    }

    @Test("the gateway takes the change over, and the doctor ends it")
    func ready() async throws {
        let run = try await setUp()
        #expect(run.status == 0 && run.output.contains("It has.\n"), "\(run.said)")
        #expect(run.output.contains("ok      sessions_send"))
        let doctor = try #require(try await setUp("--json").json()["doctor"] as? [String: Any])
        let rows = try #require(doctor["rows"] as? [[String: Any]])
        // A Node client of somebody else on this machine is a failure too.
        let isReady = !rows.contains { $0["state"] as? String == "failed" }
        #expect(doctor["healthy"] as? Bool == isReady)
        #expect(stage.gateway.calls.entries.allSatisfy { $0.hasPrefix("sessions_") })
        #expect(stage.gateway.asked.entries.isEmpty)
    }

    @Test("the account's number is taken with --yes, another one stays, and an empty flag removes it")
    func ownerNumber() async throws {
        func number() throws -> String? {
            let data = try Data(contentsOf: stage.home.appending(path: "skill-config.json"))
            let members = try JSONSerialization.jsonObject(with: data) as? [String: Any]
            return members?["owner_number"] as? String
        }
        #expect(try await setUp("--offline").status == 0)
        #expect(try number() == nil)
        #expect(try await setUp().status == 0)
        #expect(try number() == "+13125550142")
        #expect(try await setUp("--owner-number", "+13125550199").status == 0)
        #expect(try await setUp().status == 0)
        #expect(try number() == "+13125550199")
        #expect(try await setUp("--offline", "--owner-number", "").status == 0)
        #expect(try number() == nil)
        let wrong = try await setUp("--offline", "--owner-number", "3125550142")
        #expect(wrong.status == 64 && wrong.said.contains("key owner_number"), "\(wrong.said)")
        #expect(try number() == nil)
    }

    @Test("what the doctor finds does not make setup fail")
    func unwell() async throws {
        await stage.service.shut()
        await stage.gateway.shut()
        let run = try await setUp()
        #expect(run.status == 0 && run.output.contains("a call would not be answered yet"), "\(run.said)")
        #expect(try String(contentsOf: file, encoding: .utf8).contains("allow: ['sessions_send']"))
    }

    @Test("a live call is said before the change, and the bridge goes on with the new configuration")
    func liveCall() async throws {
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.service.sendEvent("call.started", ["call_id": "c1"])
        await stage.ask("r1")
        #expect(await stage.result("r1") != nil)
        let run = try await setUp()
        #expect(run.status == 0 && run.output.contains("A call is live"), "\(run.said)")
        await stage.ask("r2")
        #expect(await stage.result("r2") == "The answer is forty-two.")
        #expect(
            stage.service.journal.entries.count { if case .connected = $0 { true } else { false } } == 1)
        withExtendedLifetime(bridge) {}
    }

    @Test("uninstall stops the bridge")
    func uninstall() async throws {
        let bridge = try stage.run()
        #expect(await stage.login())
        let old = try String(contentsOf: file, encoding: .utf8)
        #expect(try await setUp().status == 0)
        let run = try await CommandRun.run(
            [BridgeProcess.binary ?? "clawdtalk", "uninstall", "--yes", "--remove-config"],
            environment: BridgeProcess.environment(stage.home, stage.environment))
        #expect(run.status == 0 && run.output.contains("The bridge is stopped."), "\(run.said)")
        #expect(await bridge.exit() == 0)
        #expect(try String(contentsOf: file, encoding: .utf8) == old)
        let names = try FileManager.default.contentsOfDirectory(atPath: stage.home.path)
        #expect(
            !names.contains { $0.hasPrefix(".setup") || $0 == "skill-config.json" || $0 == ".gateway.json" })
    }
}
