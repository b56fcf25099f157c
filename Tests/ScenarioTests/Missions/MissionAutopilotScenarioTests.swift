import ClawdTalkAPI
import Foundation
import Simulator
import Synchronization
import Testing

@Suite(
    "Missions that look after themselves, through the real program", .enabled(if: BridgeProcess.binary != nil)
)
struct MissionAutopilotScenarioTests {
    private static let past = Date.now.addingTimeInterval(-900).formatted(.iso8601)
    private static let future = Date.now.addingTimeInterval(86_400 * 3).formatted(.iso8601)

    @Test(
        "watch follows a mission to its end: report, memory, the agent told once, status, then poll says finished"
    )
    func watch() async throws {
        let stage = try await Stage(agentTime: .milliseconds(20))
        let home = try await MissionHome(adjust: [
            "gateway_url": stage.gateway.url, "gateway_token": "demo-token",
        ])
        let (mission, run, assistant) = try await home.begin()
        let call = try await home(
            "schedule-call", assistant, "+13125550101", "+15550100001", Self.past, mission, run, "s1",
            "--hours", "0-24")
        #expect(call.status == 0 && call.errors.contains("past"), "\(call)")
        let goesOn = try await home("status", "trip")
        #expect(goesOn.output.contains("open") && goesOn.output.contains("+13125550101"))
        let watch = try await home("watch", "trip")
        #expect(watch.status == 0 && watch.output.contains("succeeded"), "\(watch)")
        #expect(home.missions.snapshot(of: run)?.runStatus == "succeeded")
        #expect(
            await stage.gateway.asked.first(within: .seconds(20)) {
                $0.contains("[Mission trip] The run has succeeded")
            } != nil)
        let poll = try await home("poll", "trip", "--json")
        #expect(try poll.status == 0 && poll.json()["finished"] as? Bool == true)
        #expect(stage.gateway.asked.entries.count == 1)
        let report = try String(contentsOf: home.home.appending(path: "reports/trip.md"), encoding: .utf8)
        #expect(report.contains("| +13125550101 | s1 | completed | 1 | 3:00 | They said yes. |"), "\(report)")
        #expect(try await home("report", "trip").output == report + "\n")
        #expect(try await home("doctor", "trip").status == 0)
    }

    @Test("poll says 75 while it goes on; what remains is called off, and then it is finished")
    func poll() async throws {
        let stage = try await Stage(agentTime: .milliseconds(20))
        let home = try await MissionHome(adjust: [
            "gateway_url": stage.gateway.url, "gateway_token": "demo-token",
        ])
        let (mission, run, assistant) = try await home.begin()
        _ = try await home(
            "schedule-call", assistant, "+13125550101", "+15550100001", Self.future, mission, run, "s1")
        let first = try await home("poll", "trip")
        #expect(
            first.status == 75 && first.output.hasPrefix("goes on; the next look is due at 20"), "\(first)")
        let canceled = try await home("cancel-remaining", "trip")
        #expect(canceled.output == "canceled +13125550101\n")
        #expect(home.requests.contains { $0.hasPrefix("DELETE /v1/assistants/\(assistant)/events/") })
        #expect(try await home("poll", "trip").status == 0)
        #expect(home.missions.snapshot(of: run)?.stepStatuses == ["s1": "skipped"])
    }

    /// The bridge of a home, with missions and calls at different services.
    private static func bridge(_ home: MissionHome, _ stage: Stage) throws -> BridgeProcess {
        try BridgeProcess(
            ["run", "--server", stage.service.url], home: home.home,
            environment: ["CLAWDTALK_API_URL": home.service.url + "/v1"],
            peers: [stage.service, stage.gateway])
    }

    private func expectSuccess(of run: String, in home: MissionHome, _ stage: Stage) async {
        #expect(
            await stage.gateway.asked.first(within: .seconds(40)) {
                $0.contains("[Mission trip] The run has succeeded")
            } != nil)
        #expect(home.missions.snapshot(of: run)?.runStatus == "succeeded")
    }

    @Test("the running bridge does the same when it is told to, also while it runs")
    func bridge() async throws {
        let stage = try await Stage(agentTime: .milliseconds(20))
        let home = try await MissionHome(adjust: [
            "gateway_url": stage.gateway.url, "gateway_token": "demo-token",
        ])
        let (mission, run, assistant) = try await home.begin()
        _ = try await home(
            "schedule-call", assistant, "+13125550101", "+15550100001", Self.past, mission, run, "s1")
        let bridge = try Self.bridge(home, stage)
        #expect(await stage.login())
        #expect(home.missions.snapshot(of: run)?.runStatus == "running")
        try home.configure { $0["missions_autopilot"] = true }
        bridge.signal(SIGHUP)
        await expectSuccess(of: run, in: home, stage)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        let log = bridge.log.entries.joined(separator: "\n")
        #expect(log.contains("missions are followed") && !log.contains("312555"), "no numbers in the log")
    }

    @Test("a key that is refused, and another one in its place while the bridge runs: missions go on at once")
    func changedKey() async throws {
        let stage = try await Stage(agentTime: .milliseconds(20))
        let refused = Mutex<String?>(nil)
        let home = try await MissionHome(
            adjust: ["gateway_url": stage.gateway.url, "gateway_token": "demo-token"],
            fault: { request, _ in
                guard let key = refused.withLock({ $0 }), request.authorization == "Bearer \(key)" else {
                    return nil
                }
                return .json(401, #"{"error":{"message":"Invalid API key"}}"#)
            })
        let (mission, run, assistant) = try await home.begin()
        _ = try await home(
            "schedule-call", assistant, "+13125550101", "+15550100001", Self.past, mission, run, "s1")
        refused.withLock { $0 = "cc_test_key_0123456789" }
        try home.configure { $0["missions_autopilot"] = true }
        let bridge = try Self.bridge(home, stage)
        #expect(await bridge.log.first(within: .seconds(20)) { $0.contains("missions: ") } != nil)
        #expect(home.missions.snapshot(of: run)?.runStatus == "running")
        try home.configure { $0["api_key"] = "cc_other_key_9876543210" }
        bridge.signal(SIGHUP)
        await expectSuccess(of: run, in: home, stage)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        #expect(!bridge.log.entries.joined().contains("9876543210"))
    }

    @Test("a batch: wrong rows schedule nothing; cut in the middle it goes on; again it does nothing")
    func batch() async throws {
        let isCut = Mutex(false)
        let posts = Mutex(0)
        let home = try await MissionHome { request, _ in
            guard request.method == "POST", request.target.hasSuffix("/events"), isCut.withLock({ $0 }) else {
                return nil
            }
            return posts.withLock {
                $0 += 1; return $0
            } > 4 ? .dropped : nil
        }
        let (_, run, _) = try await home.begin()
        let numbers = (0..<12).map { "+1312555\(1_000 + $0)" }
        let good = "to,step,name\n" + numbers.map { "\($0),s1,\"A, B\"" }.joined(separator: "\n") + "\n"
        let bad = try await home("schedule-batch", "trip", "--csv", "-", input: "to\n+13125550101\n12\nx\n")
        #expect(bad.status == 64 && bad.errors.contains("row 2") && bad.errors.contains("row 3"), "\(bad)")
        #expect(home.missions.snapshot(of: run)?.scheduled.isEmpty == true)
        isCut.withLock { $0 = true }
        let cut = try await home("schedule-batch", "trip", "--csv", "-", input: good)
        #expect(cut.status == 69, "\(cut)")
        isCut.withLock { $0 = false }
        let rest = try await home("schedule-batch", "trip", "--csv", "-", input: good)
        #expect(rest.status == 0 && rest.output.hasPrefix("8 scheduled, 4 were before, 0 refused"), "\(rest)")
        let seen = try #require(home.missions.snapshot(of: run))
        #expect(seen.scheduled.map(\.to).sorted() == numbers)
        let again = try await home("schedule-batch", "trip", "--csv", "-", input: good)
        #expect(again.output.hasPrefix("0 scheduled, 12 were before"))
    }

    @Test("the doctor of a mission finds what is wrong and says the cure")
    func doctor() async throws {
        let home = try await MissionHome()
        let (mission, run, assistant) = try await home.begin(["s1", "s2"])
        _ = try await home("unlink-agent", mission, run, assistant)
        _ = try await home("update-step", mission, run, "s2", "in_progress")
        _ = try await home(
            "schedule-call", assistant, "+13125550101", "+15550100001", Self.future, mission, run)
        let found = try await home("doctor", "trip")
        #expect(found.status == 1)
        #expect(found.output.contains("cure: link-agent \(mission) \(run) \(assistant)"))
        #expect(found.output.contains("s2 is in progress") && found.output.contains("has no step"))
    }
}
