import Foundation
import Simulator
import Testing

@Suite("A scripted hour", .enabled(if: BridgeProcess.binary != nil))
struct HourScenarioTests {
    private let stage: Stage
    private let cable: NetworkCable
    private let clawdtalk: HomeCommands

    init() async throws {
        stage = try await Stage(agentTime: .milliseconds(600))
        let cable = try await NetworkCable(to: stage.service.port)
        self.cable = cable
        clawdtalk = try HomeCommands(stage)
        try clawdtalk.configure { $0["server"] = "http://127.0.0.1:\(cable.port)" }
    }

    private var logPath: String { stage.home.path + "/.connect.log" }

    private func isAnswered(_ id: String) async -> Bool {
        await stage.ask(id)
        return await stage.result(id) == "The answer is forty-two."
    }

    @Test("whatever happens to it, it comes back, and status tells the truth at each step")
    func hour() async throws {
        try await starts()
        try await isKilled()
        try await gatewayRestarts()
        try await serviceRestarts()
        try await networkIsCut()
        try await networkGoesDead()
        try await logIsRotated()
        try await configurationChanges()
        try await restarts()
        try await stops()
    }

    private func starts() async throws {
        #expect(try await clawdtalk("status").status == 3)
        #expect(try await clawdtalk("status", "--health").status == 3)
        let (status, output) = try await clawdtalk("start")
        #expect(status == 0 && output == ["connected"])
        #expect(await clawdtalk.report { $0.connected && $0.gateway_live == true } != nil)
        #expect(try await clawdtalk("status", "--health").output == ["healthy"])
        #expect(await isAnswered("r1"))
        let report = try await clawdtalk.status()
        #expect(report.answered == 1 && report.failed == 0 && report.reconnects == 0)
        #expect(report.answer_seconds_p50 ?? 0 > 0.5 && report.ping_seconds != nil)
    }

    private func isKilled() async throws {
        kill(try #require(try await clawdtalk.status().pid), SIGKILL)
        #expect(await clawdtalk.report { $0.state == "not running" && !$0.connected } != nil)
        #expect(try await clawdtalk("status").status == 3)
        let (status, output) = try await clawdtalk("watchdog")
        #expect(status == 0 && output == ["clawdtalk: the bridge was not running; it was started again"])
        #expect(try await clawdtalk("status").status == 0)
        let again = try await clawdtalk("watchdog")
        #expect(again.status == 0 && again.output.isEmpty)
        #expect(await isAnswered("r2"))
    }

    private func gatewayRestarts() async throws {
        await stage.gateway.shut()
        await stage.ask("r3")
        // Known from the question, long before the next look would be due.
        #expect(await clawdtalk.report(within: .seconds(15)) { $0.gateway_live == false } != nil)
        let health = try await clawdtalk("status", "--health")
        #expect(health.status == 1 && health.output.first?.contains("the gateway is not live") == true)
        // The line to the service is as it was.
        #expect(try await clawdtalk("status").status == 0)
        try await stage.gateway.reopen()
        #expect(await clawdtalk.report { $0.gateway_live == true } != nil)
        #expect(await stage.result("r3") == "The answer is forty-two.")
        #expect(try await clawdtalk("status", "--health").status == 0)
    }

    private func serviceRestarts() async throws {
        await stage.service.close(code: 1012)
        await stage.service.shut()
        #expect(await clawdtalk.report { !$0.connected && $0.problem != nil } != nil)
        #expect(try await clawdtalk("status").status == 1)
        try await stage.service.reopen()
        #expect(await clawdtalk.report { $0.connected && $0.reconnects == 1 } != nil)
        #expect(try await clawdtalk.status().outages?.last?.cause.isEmpty == false)
        #expect(await isAnswered("r4"))
    }

    private func networkIsCut() async throws {
        await stage.ask("r5")
        await cable.cut()
        #expect(await clawdtalk.report { !$0.connected } != nil)
        try await cable.mend()
        #expect(await stage.result("r5") == "The answer is forty-two.")
        #expect(await clawdtalk.report { $0.connected } != nil)
    }

    /// No end is seen: only pings that are not answered tell.
    private func networkGoesDead() async throws {
        await cable.goDead()
        #expect(await clawdtalk.report(within: .seconds(60)) { !$0.connected } != nil)
        await cable.revive()
        #expect(await clawdtalk.report(within: .seconds(30)) { $0.connected } != nil)
        #expect(await isAnswered("r6"))
    }

    private func logIsRotated() async throws {
        let follower = try stage.run(["logs", "-f", "-n", "1"])
        #expect(await follower.log.first(within: .seconds(20)) { _ in true } != nil)
        let log = try #require(FileHandle(forWritingAtPath: logPath))
        let room = (1 << 20) - Int(try log.seekToEnd())
        try log.write(contentsOf: Data((String(repeating: "x", count: room - 101) + "\n").utf8))
        #expect(await isAnswered("full"))
        // The answer is out before its line is written.
        #expect(
            await follower.log.first(within: .seconds(20)) {
                $0.contains("question answered") && $0.contains("request=full")
            } != nil)
        let sizes = [logPath, logPath + ".1"].map {
            (try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int) ?? -1
        }
        #expect((1..<1_000_000).contains(sizes[0]) && (1_000_000...1_048_576).contains(sizes[1]))
        #expect(try await clawdtalk("status").status == 0)
    }

    private func configurationChanges() async throws {
        let before = try await clawdtalk.status()
        let follower = try stage.run(["logs", "-f", "-n", "5"])
        try clawdtalk.configure { $0["greeting"] = "Good evening, Ana." }
        kill(try #require(before.pid), SIGHUP)
        #expect(
            await follower.log.first(within: .seconds(20)) {
                $0.contains("the changed configuration is in force")
            }
                != nil)
        await stage.service.sendEvent("call.started", ["call_id": "evening", "direction": "inbound"])
        #expect(await stage.hears { $0.call_id == "evening" && $0.text == "Good evening, Ana." })
        let file = stage.home.appending(path: "skill-config.json")
        let good = try Data(contentsOf: file)
        try Data("{\"greeting\": ".utf8).write(to: file)
        #expect(
            await follower.log.first(within: .seconds(20)) {
                $0.contains("the old one stays in force") && $0.contains("skill-config.json")
            } != nil)
        try good.write(to: file)
        let after = try await clawdtalk.status()
        #expect(after.connected && after.pid == before.pid && after.reconnects == before.reconnects)
    }

    private func restarts() async throws {
        let before = try await clawdtalk.status()
        let asked = stage.gateway.asked.entries.count
        await stage.ask("r7")
        #expect(await stage.hasAsked(asked + 1))
        let (status, output) = try await clawdtalk("restart")
        #expect(status == 0 && output.last == "connected")
        #expect(stage.results("r7") == ["The answer is forty-two."])
        let after = try await clawdtalk.status()
        #expect(after.connected && after.pid != before.pid && after.answered == 0)
    }

    private func stops() async throws {
        #expect(try await clawdtalk("stop").output == ["stopped"])
        #expect(try await clawdtalk("status").status == 3)
        // What was stopped on purpose stays so.
        let watchdog = try await clawdtalk("watchdog")
        #expect(watchdog.status == 0 && watchdog.output.isEmpty)
        #expect(await clawdtalk.report { $0.state == "not running" } != nil)
    }
}
