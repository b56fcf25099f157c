import ClawdTalkAPI
import Foundation
import Missions
import Simulator
import Synchronization
import Testing

@Suite("The autopilot when service, gateway or other programs are difficult")
struct AutopilotHardshipTests {
    private static func refusal(_ status: Int) -> RecordedAnswer { .json(status, #"{"error":"no"}"#) }

    @Test("one appointment that cannot be looked at keeps the others from nothing", arguments: [422, 500])
    func oneRefused(status: Int) async throws {
        let stage = try await MissionStage(fault: { request, _ in
            request.method == "GET" && request.target.hasSuffix("/events/ev4") ? Self.refusal(status) : nil
        })
        let run = try await stage.begin(["a", "b"])
        try await stage.schedule("+4930111", step: "a", in: run)
        try await stage.schedule("+4930112", step: "b", in: run)
        #expect(try await !stage.fly(rounds: 60))
        #expect(stage.missions.snapshot(of: run.run)?.stepStatuses["b"] == "completed")
    }

    @Test("insights that are not found yet count as looks, and the mission goes on without them")
    func noInsights() async throws {
        let stage = try await MissionStage(fault: { request, _ in
            request.target.hasSuffix("/insights") ? Self.refusal(404) : nil
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await stage.fly(rounds: 100))
        #expect(stage.missions.snapshot(of: run.run)?.runStatus == "succeeded")
        #expect(stage.service.requests.entries.count { $0.target.hasSuffix("/insights") } == 30)
    }

    @Test("a run without a plan is closed after half an hour in which nothing was under way")
    func noPlan() async throws {
        let stage = try await MissionStage(fault: { request, _ in
            request.method == "GET" && request.target.hasSuffix("/plan") ? Self.refusal(404) : nil
        })
        let run = try await stage.begin([])
        try await stage.schedule("+4930111", step: nil, in: run)
        let due = try Date.ISO8601FormatStyle().parse("2026-11-27T15:00:00Z")
        #expect(try await stage.fly(rounds: 100))
        #expect(stage.missions.snapshot(of: run.run)?.runStatus == "succeeded")
        #expect(stage.clock.now.timeIntervalSince(due) > 1_800)
    }

    @Test("steps whose calls are not scheduled yet keep the run open; the agent is told once")
    func stalled() async throws {
        let stage = try await MissionStage { _, _ in "no-answer" }
        let run = try await stage.begin(["a", "b"])
        try await stage.schedule("+4930111", step: "a", in: run)
        try stage.adjust { $0.retries = 0 }
        #expect(try await !stage.fly(rounds: 60))
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(
            seen.runStatus == "running" && seen.stepStatuses["a"] == "failed" && seen.scheduled.count == 1)
        #expect(stage.teller.told.entries.count == 1)
        #expect(stage.teller.told.entries[0].text.contains("these steps are open: b"))
        try await stage.client().updateStep(run, "b", status: "skipped")
        #expect(try await stage.fly(rounds: 60))
        #expect(stage.missions.snapshot(of: run.run)?.runStatus == "failed")
    }

    @Test("a number that is reached otherwise is not called again, and a try that waits is called off")
    func reachedOtherwise() async throws {
        let stage = try await MissionStage { _, attempt in attempt == 2 ? "completed" : "no-answer" }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run, at: "2026-11-27T15:00:00Z")
        try await stage.schedule("+4930111", step: "a", in: run, at: "2026-11-27T15:02:00Z")
        #expect(try await stage.fly(rounds: 100))
        #expect(stage.missions.snapshot(of: run.run)?.scheduled.count == 2)
        let late = try await MissionStage { _, attempt in attempt == 3 ? "completed" : "no-answer" }
        let lateRun = try await late.begin(["a"])
        try await late.schedule("+4930111", step: "a", in: lateRun, at: "2026-11-27T13:00:00Z")
        #expect(try await !late.fly(rounds: 3), "its next try waits now")
        try await late.schedule(
            "+4930111", step: "a", in: lateRun, at: late.clock.now.addingTimeInterval(300).formatted(.iso8601)
        )
        #expect(try await late.fly(rounds: 200))
        let requests = late.service.requests.entries
        #expect(
            requests.contains { $0.method == "DELETE" }
                && late.missions.snapshot(of: lateRun.run)?.scheduled.count == 3)
    }

    @Test(
        "a run that somebody ended is not called for again, and the mission is over",
        arguments: ["failed", "cancelled"])
    func endedElsewhere(status: String) async throws {
        let stage = try await MissionStage { _, _ in "busy" }
        let run = try await stage.begin(["a", "b"])
        try await stage.schedule("+4930111", step: "a", in: run)
        try await stage.client().updateRun(run, .members(["status": .string(status)]))
        #expect(try await stage.fly(rounds: 100))
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(seen.scheduled.count == 1 && seen.runStatus == status)
        #expect(stage.teller.told.entries.last?.text.contains(status) == true)
    }

    @Test("what the service would still try itself is called off before it is tried anew")
    func serviceTriesToo() async throws {
        let pending = #"{"event":{"id":"ev4","status":"pending","call_status":"no-answer","retry_count":1}}"#
        let stage = try await MissionStage(fault: { request, _ in
            request.method == "GET" && request.target.hasSuffix("/events/ev4") ? .json(201, pending) : nil
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run, at: "2026-11-27T12:00:00Z")
        #expect(try await stage.fly(rounds: 200))
        let calls = stage.service.requests.entries.filter { $0.target.contains("/assistants/asst3/events") }
        let canceled = calls.firstIndex { $0.method == "DELETE" && $0.target.hasSuffix("/ev4") }
        let again = calls.lastIndex { $0.method == "POST" }
        #expect(try #require(canceled) < #require(again))
        #expect(stage.missions.snapshot(of: run.run)?.scheduled.count == 2)
    }

    @Test("a mission whose calls are still scheduled is not completed, unless they are to be kept")
    func callsOpen() async throws {
        let stage = try await MissionStage()
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run, at: "2026-12-20T15:00:00Z")
        _ = try await stage.autopilot().round("find-plumbers")
        let desk = try await stage.desk()
        await #expect(throws: MissionFailure.callsOpen(1)) {
            try await desk.complete(
                "find-plumbers", run, summary: "x", payload: nil, mayBeUnknown: false, keepsCalls: false)
        }
        #expect(stage.missions.snapshot(of: run.run)?.runStatus == "running")
        let name = try await desk.complete(
            "find-plumbers", run, summary: "x", payload: nil, mayBeUnknown: false, keepsCalls: true)
        #expect(name == "find-plumbers" && stage.missions.snapshot(of: run.run)?.runStatus == "succeeded")
    }

    @Test("calls of long ago are not made again")
    func longAgo() async throws {
        let stage = try await MissionStage { _, _ in "no-answer" }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run, at: "2026-11-01T10:00:00Z")
        #expect(try await stage.fly(rounds: 60))
        #expect(stage.missions.snapshot(of: run.run)?.scheduled.count == 1)
    }

    @Test("a mission that goes into the archive during a round leaves no ghost, and is finished")
    func archivedMeanwhile() async throws {
        let file = Mutex<MissionsFile?>(nil)
        let stage = try await MissionStage(fault: { request, _ in
            if request.method == "GET", request.target.hasSuffix("/events/ev4") {
                _ = try? file.withLock { $0 }?.archive("find-plumbers", at: .now)
            }
            return nil
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        file.withLock { $0 = stage.file }
        _ = try? await stage.fly(rounds: 5)
        #expect(try stage.file.read().slugs.isEmpty)
        #expect(try await stage.autopilot().round("find-plumbers").isFinished)
    }

    @Test("a service that will not end the run is not taken for one that did")
    func notEnded() async throws {
        let isRefused = Mutex(true)
        let stage = try await MissionStage(fault: { request, number in
            request.method == "PATCH" && request.body.contains("succeeded") && isRefused.withLock { $0 }
                ? Self.refusal(403) : nil
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await !stage.fly(rounds: 60))
        #expect(
            try stage.file.read()["find-plumbers"]?.status == "running" && stage.teller.told.entries.isEmpty)
        isRefused.withLock { $0 = false }
        #expect(try await stage.fly(rounds: 60))
        #expect(stage.missions.snapshot(of: run.run)?.runStatus == "succeeded")
    }

    @Test("an agent that cannot be told holds up nothing, and hears it once it can")
    func agentAway() async throws {
        let stage = try await MissionStage()
        stage.teller.isAway.withLock { $0 = true }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await !stage.fly(rounds: 60))
        #expect(
            stage.missions.snapshot(of: run.run)?.runStatus == "succeeded" && stage.reports.entries.count == 1
        )
        stage.teller.isAway.withLock { $0 = false }
        #expect(try await stage.fly(rounds: 60))
        #expect(Set(stage.teller.told.entries.map(\.number)).count == 1)
        #expect(stage.teller.told.entries.allSatisfy { $0.since == nil }, "it certainly did not know before")
    }

    @Test("after a day nobody needs to be told any more")
    func tooLate() async throws {
        let stage = try await MissionStage()
        stage.teller.isAway.withLock { $0 = true }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await !stage.fly(rounds: 60))
        stage.clock.advance(seconds: 90_000)
        #expect(try await stage.fly(rounds: 3))
    }

    @Test("a lost answer to an event of the log writes it once")
    func lostEvent() async throws {
        let count = Mutex(0)
        let stage = try await MissionStage(fault: { request, _ in
            guard request.method == "POST", request.target.contains("/runs/"),
                request.target.hasSuffix("/events")
            else { return nil }
            return count.withLock {
                $0 += 1
                return $0 % 2 == 1 ? .cut : nil
            }
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await stage.fly(rounds: 100))
        let events = try #require(stage.missions.snapshot(of: run.run)?.events)
        #expect(events.map(\.type) == ["step_started", "custom", "step_completed"])
    }

    @Test("a record that cannot be read is left alone, and so is its mission")
    func unreadableRecord() async throws {
        let stage = try await MissionStage()
        _ = try await stage.begin(["a"])
        try stage.file.update("find-plumbers") { $0.json["autopilot"] = .members(["appointments": 7]) }
        await #expect(throws: MissionFailure.unreadableRecord("Find plumbers")) {
            try await stage.autopilot().round("find-plumbers")
        }
        #expect(try stage.file.read()["find-plumbers"]?.json["autopilot"]?["appointments"] == 7)
    }

    @Test("a conversation that is over keeps its insights, also when what remains is called off")
    func cancellingSparesInsights() async throws {
        let areThere = Mutex(false)
        let stage = try await MissionStage(fault: { request, _ in
            request.target.hasSuffix("/insights") && !areThere.withLock { $0 }
                ? .json(201, #"{"data":[]}"#) : nil
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run, at: "2026-11-27T13:00:00Z")
        _ = try await stage.autopilot().round("find-plumbers")
        #expect(try stage.record.appointments.map(\.phase) == [.insights])
        let canceling = try await stage.autopilot().cancelRemaining("find-plumbers")
        #expect(canceling.canceled.isEmpty && canceling.left.isEmpty)
        areThere.withLock { $0 = true }
        #expect(try await stage.fly(rounds: 20))
        let result = try #require(try stage.file.read()["find-plumbers"].map(CallResult.all(in:))?.first)
        #expect(result.outcome == "completed" && result.insights == ["They said yes."])
    }

    @Test("a duration beyond all numbers counts for nothing", arguments: ["1e30", "-5", "\"long\"", "1e7"])
    func oddDuration(duration: String) async throws {
        let over =
            #"{"event":{"id":"ev4","status":"completed","call_status":"completed","duration_seconds":\#(duration)}}"#
        let stage = try await MissionStage(fault: { request, _ in
            request.method == "GET" && request.target.hasSuffix("/events/ev4") ? .json(201, over) : nil
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await stage.fly(rounds: 20))
        let result = try #require(try stage.file.read()["find-plumbers"].map(CallResult.all(in:))?.first)
        #expect(result.durationSeconds == (duration == "1e7" ? 10_000_000 : nil))
    }

    @Test("the tries of one call are counted, not all calls to a number")
    func attempts() async throws {
        let stage = try await MissionStage()
        let run = try await stage.begin(["a"])
        for hour in 15..<20 {
            try await stage.schedule("+4930111", step: "a", in: run, at: "2026-12-20T\(hour):00:00Z")
        }
        _ = try await stage.autopilot().round("find-plumbers")
        #expect(try stage.record.appointments.map(\.attempt) == [1, 1, 1, 1, 1])
    }

    @Test("what the service will not cancel goes on and is named")
    func cancelling() async throws {
        let stage = try await MissionStage(fault: { request, _ in
            request.method == "DELETE" && request.target.hasSuffix("/ev4") ? Self.refusal(409) : nil
        })
        let run = try await stage.begin(["a", "b", "c"])
        for (number, step) in [("+4930111", "a"), ("+4930112", "b"), ("+4930113", "c")] {
            try await stage.schedule(number, step: step, in: run, at: "2026-12-20T15:00:00Z")
        }
        let result = try await stage.autopilot().cancelRemaining("find-plumbers")
        #expect(result.left == ["+4930111"] && result.canceled == ["+4930112", "+4930113"])
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(seen.stepStatuses == ["a": "pending", "b": "skipped", "c": "skipped"])
    }
}
