import ClawdTalkAPI
import Foundation
import Missions
import Simulator
import Synchronization
import Testing

@Suite("The autopilot: calls are followed to their end")
struct AutopilotTests {
    @Test(
        "a call that is answered completes its step and the run; the results are kept, reported and told once"
    )
    func completed() async throws {
        let stage = try await MissionStage()
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await stage.fly())
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(seen.runStatus == "succeeded" && seen.stepStatuses == ["a": "completed"])
        #expect(seen.events.map(\.type) == ["step_started", "custom", "step_completed"])
        let memory = try stage.file.read()["find-plumbers"]?.memory
        let result = try #require(memory?["results"]?.elements?.first)
        #expect(result["outcome"] == "completed" && result["insights"] == .array(["They said yes."]))
        #expect(result["duration_seconds"] == 180)
        #expect(stage.teller.told.entries.count == 1 && stage.reports.entries.count == 1)
        #expect(stage.teller.told.entries[0].text.contains("1 of 1"))
        #expect(try await stage.fly(rounds: 1), "and it stays so")
        #expect(stage.teller.told.entries.count == 1)
    }

    @Test(
        "nobody there, busy, failed: again after a while, up to the limit",
        arguments: [("no-answer", 7_200), ("busy", 600), ("failed", 300)])
    func retried(ending: String, pause: Double) async throws {
        let stage = try await MissionStage { _, attempt in attempt < 3 ? ending : "completed" }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run, at: "2026-11-27T09:00:00Z")
        stage.clock.set(try Date.ISO8601FormatStyle().parse("2026-11-27T08:00:00Z"))
        #expect(try await stage.fly())
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(seen.runStatus == "succeeded" && seen.scheduled.count == 3)
        let times = try seen.scheduled.map { try Date.ISO8601FormatStyle().parse($0.at) }
        // The end is seen a minute after the time of the call, or later.
        #expect(zip(times, times.dropFirst()).allSatisfy { $1.timeIntervalSince($0) >= pause + 60 })
    }

    @Test("given up at the limit: the step, an error event, the memory, the run, the memory, in this order")
    func givenUp() async throws {
        let stage = try await MissionStage { _, _ in "busy" }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await stage.fly())
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(
            seen.runStatus == "failed" && seen.scheduled.count == 4 && seen.stepStatuses == ["a": "failed"])
        let writes = stage.service.requests.entries.filter { ["PATCH", "POST"].contains($0.method) }.suffix(3)
        #expect(
            writes.map { $0.target.split(separator: "/").suffix(2).joined(separator: "/") } == [
                "steps/a", "\(run.run)/events", "runs/\(run.run)",
            ])
        let memory = try #require(try stage.file.read()["find-plumbers"]?.memory)
        #expect(memory.members.map(\.key) == ["results", "error_a", "result"])
    }

    @Test("a canceled call waits for a decision; a step that is then skipped lets the run end")
    func canceled() async throws {
        let stage = try await MissionStage { _, _ in "canceled" }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await !stage.fly(rounds: 60))
        #expect(stage.teller.told.entries.count == 1)
        #expect(stage.teller.told.entries[0].text.contains("Please decide"))
        #expect(stage.missions.snapshot(of: run.run)?.scheduled.count == 1)
        try await stage.client().updateStep(run, "a", status: "skipped")
        #expect(try await stage.fly(rounds: 60))
        #expect(stage.missions.snapshot(of: run.run)?.runStatus == "succeeded")
    }

    @Test("a canceled call that is scheduled again is followed in its place")
    func scheduledAgain() async throws {
        let stage = try await MissionStage { _, attempt in attempt == 1 ? "canceled" : "completed" }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await !stage.fly(rounds: 20))
        try await stage.schedule(
            "+4930111", step: "a", in: run, at: stage.clock.now.addingTimeInterval(600).formatted(.iso8601))
        #expect(try await stage.fly(rounds: 100))
        #expect(stage.missions.snapshot(of: run.run)?.runStatus == "succeeded")
    }

    @Test("never outside the hours of the people who are called, unless it is told otherwise")
    func hours() async throws {
        for (hours, expected) in [(nil, "2026-11-30T"), ("0-24", "2026-11-27T")] as [(String?, String)] {
            let stage = try await MissionStage { _, attempt in attempt == 1 ? "no-answer" : "completed" }
            let run = try await stage.begin(["a"])
            // 16:30 in Berlin: two hours later it is after five there.
            try await stage.schedule("+4930111", step: "a", in: run, at: "2026-11-27T15:30:00Z")
            if let hours { try stage.adjust { $0.hours = hours } }
            #expect(try await stage.fly())
            let second = try #require(stage.missions.snapshot(of: run.run)?.scheduled.last?.at)
            let day = expected == "2026-11-30T" ? "2026-11-28T08:00:00Z" : expected
            #expect(second.hasPrefix(day), "\(second)")
        }
    }

    @Test("a step that left the plan, or is over there, is not called again")
    func notPlanned() async throws {
        let stage = try await MissionStage { _, _ in "busy" }
        let run = try await stage.begin(["a", "b"])
        try await stage.schedule("+4930111", step: "gone", in: run)
        try await stage.schedule("+4930112", step: "b", in: run)
        try await stage.client().updateStep(run, "b", status: "skipped")
        try await stage.client().updateStep(run, "a", status: "skipped")
        #expect(try await stage.fly())
        #expect(stage.missions.snapshot(of: run.run)?.scheduled.count == 2)
    }

    @Test(
        "a lost answer to a retry: the list tells whether it is scheduled, and it never is twice",
        arguments: [RecordedAnswer.cut, .dropped, .text(504, "<html>"), .json(200, "{}")])
    func lostAnswer(answer: RecordedAnswer) async throws {
        let posts = Mutex(0)
        let stage = try await MissionStage(
            ending: { _, attempt in attempt == 1 ? "busy" : "completed" },
            fault: { request, _ in
                guard request.method == "POST", request.target.hasSuffix("/events"),
                    request.target.contains("assistants")
                else { return nil }
                let count = posts.withLock {
                    $0 += 1; return $0
                }
                return count == 2 ? answer : nil
            })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        #expect(try await stage.fly())
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(seen.scheduled.count == 2 && seen.runStatus == "succeeded")
    }

    @Test("429 and its Retry-After are honoured; a service that is away is asked less and less")
    func patience() async throws {
        let stage = try await MissionStage(fault: { request, number in
            number == 13 ? .json(429, #"{"error":"slow down"}"#, fields: ["Retry-After": "777"]) : nil
        })
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        let autopilot = try await stage.autopilot()
        let round = try await autopilot.round("find-plumbers")
        #expect(round.next.timeIntervalSince(stage.clock.now) == 777)
        let count = stage.service.requests.entries.count
        _ = try await autopilot.round("find-plumbers")
        #expect(stage.service.requests.entries.count == count, "nothing is asked meanwhile")
        #expect(try await stage.fly())
    }

    @Test("a refused key ends the round with an error")
    func keyRefused() async throws {
        let stage = try await MissionStage(fault: { _, number in
            number > 8 ? .json(401, #"{"error":"no"}"#) : nil
        })
        _ = try? await stage.begin(["a"])
        await #expect(throws: RESTFailure.self) { try await stage.autopilot().round("find-plumbers") }
    }

    @Test("one round at a time")
    func busy() async throws {
        let stage = try await MissionStage()
        _ = try await stage.begin(["a"])
        async let first = stage.autopilot().round("find-plumbers")
        async let second = stage.autopilot().round("find-plumbers")
        let results = [try? await first, try? await second]
        #expect(results.contains { $0 != nil })
    }

    @Test("what remains is called off: canceled at the service, its steps skipped, the run closed")
    func calledOff() async throws {
        let stage = try await MissionStage()
        let run = try await stage.begin(["a", "b"])
        try await stage.schedule("+4930111", step: "a", in: run)
        try await stage.schedule("+4930112", step: "b", in: run, at: "2026-12-20T15:00:00Z")
        #expect(try await !stage.fly(rounds: 12))
        let result = try await stage.autopilot().cancelRemaining("find-plumbers")
        #expect(result.canceled.contains("+4930112") && result.left.isEmpty)
        #expect(try await stage.fly(rounds: 60))
        #expect(stage.missions.snapshot(of: run.run)?.stepStatuses["b"] == "skipped")
    }
}
