import Foundation
import Simulator
import Testing

@Suite("The watchdog", .enabled(if: BridgeProcess.binary != nil))
struct WatchdogScenarioTests {
    @Test("a bridge that hangs is ended and started again, with the options of its start")
    func hangs() async throws {
        let stage = try await Stage()
        let clawdtalk = try HomeCommands(stage)
        try clawdtalk.configure { $0["server"] = "http://127.0.0.1:9" }
        #expect(try await clawdtalk("start", "--server", stage.service.url).status == 0)
        let pid = try #require(try await clawdtalk.status().pid)
        kill(pid, SIGSTOP)
        #expect(try await clawdtalk("status").status == 1)
        let (status, output) = try await clawdtalk("watchdog")
        #expect(status == 0 && output.first?.contains("did not answer") == true, "\(output)")
        let report = try await clawdtalk.status()
        #expect(report.connected && report.pid != pid)
        #expect(try await clawdtalk("stop").status == 0)
    }

    @Test("a refused key is said once and not tried again before the configuration changes")
    func refused() async throws {
        let stage = try await Stage(apiKey: "cc_right")
        let clawdtalk = try HomeCommands(stage)
        #expect(try await clawdtalk("start").status == 77)
        let tries = stage.service.journal.entries.count
        let first = try await clawdtalk("watchdog")
        #expect(first.status == 77 && first.output.first?.contains("refuses the API key") == true)
        let second = try await clawdtalk("watchdog")
        #expect(second.status == 77 && second.output.isEmpty)
        #expect(stage.service.journal.entries.count == tries)
        try clawdtalk.configure { $0["api_key"] = "cc_right" }
        #expect(try await clawdtalk("watchdog").status == 0)
        #expect(try await clawdtalk.status().connected)
        #expect(try await clawdtalk("stop").status == 0)
    }

    @Test("a broken configuration is said once, and does not stop a bridge that runs")
    func broken() async throws {
        let stage = try await Stage()
        let clawdtalk = try HomeCommands(stage)
        #expect(try await clawdtalk("start").status == 0)
        try Data("{".utf8).write(to: stage.home.appending(path: "skill-config.json"))
        #expect(try await clawdtalk("watchdog").status == 0)
        #expect(try await clawdtalk("restart").status == 78)
        let report = try await clawdtalk.status()
        #expect(report.connected)
        kill(try #require(report.pid), SIGKILL)
        #expect(await clawdtalk.report { $0.state == "not running" } != nil)
        #expect(try await clawdtalk("watchdog").status == 78)
        #expect(try await clawdtalk("watchdog").output.isEmpty)
    }
}
