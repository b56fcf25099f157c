import Agent
import OpenClaw
import Ports
import TestSupport
import Testing
import Wire

@testable import Bridge

@Suite("Whether the gateway lives")
struct GatewayMonitorTests {
    private let time = ManualTime()
    private let rest: ScriptedREST
    private let monitor: GatewayMonitor

    init() {
        rest = ScriptedREST(time: time)
        monitor = GatewayMonitor(scriptedLanes(to: rest, time: time).agent, time: time)
        rest.script = { _ in .json(#"{"ok":true,"status":"live"}"#) }
    }

    @Test("it is looked at when it starts and every 25 s")
    func looks() {
        monitor.look()
        #expect(monitor.health == nil)
        time.advance(seconds: 1)
        #expect(monitor.health?.isLive == true && monitor.health?.took == .milliseconds(50))
        time.advance(seconds: 50)
        #expect(rest.calls.count == 3 && monitor.health?.since == .milliseconds(50))
        // Somebody wants to know now; the looks after it move on, two at once there are never.
        monitor.look()
        monitor.look()
        time.advance(seconds: 24)
        #expect(rest.calls.count == 4)
        monitor.stop()
        time.advance(seconds: 100)
        #expect(rest.calls.count == 4)
    }

    @Test(
        "what is no live gateway has a reason, and each change is told once",
        arguments: [
            ScriptedREST.Answer.json(status: 503, "{}"), .json("<html>"), .failure(mayHaveArrived: false),
            .never,
            // Other programs answer there too.
            .json("{}"), .json(#"{"status":"ok"}"#), .json(#"{"ok":true}"#),
            .json(#"<script>{"ok":true,"status":"live"}</script>"#),
            .json(#"{"ok":false,"status":"live"}"#), .json(#"[{"ok":true,"status":"live"}]"#),
        ])
    func dead(answer: ScriptedREST.Answer) {
        var changes: [Bool] = []
        monitor.onChange = { changes.append($0.isLive) }
        monitor.look()
        time.advance(seconds: 1)
        rest.script = { _ in answer }
        time.advance(seconds: 40)
        #expect(monitor.health?.isLive == false && monitor.health?.problem?.isEmpty == false)
        rest.script = { _ in .json(#"{"ok":true,"status":"live","uptime":5}"#) }
        time.advance(seconds: 16)
        #expect(monitor.health?.isLive == true && changes == [false, true])
    }
}
