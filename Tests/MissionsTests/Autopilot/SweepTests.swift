import ClawdTalkAPI
import Foundation
import Missions
import Simulator
import Synchronization
import TestSupport
import Testing

@Suite("A mission of twenty calls by the autopilot, with everything that goes wrong")
struct SweepTests {
    /// How the nth call to the number with this index ends.
    private static func ending(_ index: Int, _ attempt: Int) -> String {
        switch index {
        case 3, 11: attempt < 3 ? "no-answer" : "completed"
        case 5, 12: attempt < 2 ? "busy" : "completed"
        case 7: attempt < 4 ? "failed" : "completed"
        case 9: "no-answer"
        case 14: "busy"
        default: "completed"
        }
    }

    private static func number(_ index: Int) -> String { "+49301110" + (index < 10 ? "0" : "") + "\(index)" }
    private static func index(_ number: String) -> Int { Int(number.suffix(2)) ?? -1 }

    @Test(
        "each number is reached or given up as the rules say, the run is closed, the report written",
        arguments: [1, 2])
    func sweep(seed: UInt64) async throws {
        let faults = Mutex(SeededGenerator(seed: seed))
        let isStormy = Mutex(false)
        let stage = try await MissionStage(
            ending: { Self.ending(Self.index($0), $1) },
            insight: { number in .members(["score": .number("\(Self.index(number))"), "note": "ok"]) },
            fault: { _, _ in
                guard isStormy.withLock({ $0 }) else { return nil }
                switch faults.withLock({ Int.random(in: 0..<40, using: &$0) }) {
                case 0: return .cut
                case 1: return .dropped
                case 2: return .json(503, #"{"message":"later"}"#, fields: ["Retry-After": "40"])
                case 3: return .text(502, "<html><title>Bad gateway</title></html>")
                default: return nil
                }
            })
        let run = try await stage.begin((0..<20).map { "s\($0)" })
        for index in 0..<20 { try await stage.schedule(Self.number(index), step: "s\(index)", in: run) }
        isStormy.withLock { $0 = true }
        #expect(try await stage.fly(restart: { $0 % 7 == 0 }))
        try checkCalls(stage, run)
        try checkResults(stage, run)
    }

    private func checkCalls(_ stage: MissionStage, _ run: RunPath) throws {
        let seen = try #require(stage.missions.snapshot(of: run.run))
        for index in 0..<20 {
            let calls = seen.scheduled.filter { $0.to == Self.number(index) }
            let expected = (1...4).first { Self.ending(index, $0) == "completed" } ?? 4
            #expect(calls.count == expected, "number \(index)")
            #expect(calls.allSatisfy { $0.step == "s\(index)" })
            // Berlin is an hour ahead: never before nine nor after five there, but for the time that was chosen by hand.
            for call in calls.dropFirst() {
                let hour = Calendar(identifier: .gregorian).dateComponents(
                    in: try #require(TimeZone(identifier: "Europe/Berlin")),
                    from: try Date.ISO8601FormatStyle().parse(call.at)
                ).hour
                #expect((9..<17).contains(hour ?? 0), "\(call.at)")
            }
        }
        #expect(seen.runStatus == "succeeded")
        let failed = seen.stepStatuses.filter { $0.value == "failed" }.keys.sorted()
        #expect(failed == ["s14", "s9"] && seen.stepStatuses.values.count { $0 == "completed" } == 18)
    }

    private func checkResults(_ stage: MissionStage, _ run: RunPath) throws {
        let memory = try #require(try stage.file.read()["find-plumbers"]?.memory)
        let results = CallResult.all(in: try #require(try stage.file.read()["find-plumbers"]))
        #expect(results.count == 20 && Set(results.map(\.to)).count == 20)
        #expect(results.count { $0.outcome == "completed" && !$0.insights.isEmpty } == 18)
        #expect(memory["error_s9"] != nil && memory["error_s14"] != nil)
        #expect(memory["result"]?.string?.contains("18 of 20") == true)
        #expect(stage.teller.told.entries.count == 1)
        let report = try #require(stage.reports.entries.first)
        let scores = report.matches(of: /\| \+49301110(\d\d) \|/).compactMap { Int($0.output.1) }
        #expect(
            scores.prefix(18) == (0..<20).filter { $0 != 9 && $0 != 14 }.reversed()[...],
            "the best score first")
    }

    @Test("two autopilots take turns and do nothing twice")
    func two() async throws {
        let stage = try await MissionStage { _, attempt in attempt == 1 ? "busy" : "completed" }
        let run = try await stage.begin((0..<6).map { "s\($0)" })
        for index in 0..<6 { try await stage.schedule(Self.number(index), step: "s\(index)", in: run) }
        let pilots = [try await stage.autopilot(), try await stage.autopilot()]
        for _ in 0..<400 {
            let rounds = await withTaskGroup { group in
                for pilot in pilots { group.addTask { try? await pilot.round("find-plumbers") } }
                return await group.reduce(into: [MissionRound?]()) { $0.append($1) }
            }
            if rounds.contains(where: { $0?.isFinished == true }) { break }
            stage.clock.set(rounds.compactMap { $0?.next }.min() ?? stage.clock.now.addingTimeInterval(5))
        }
        let seen = try #require(stage.missions.snapshot(of: run.run))
        #expect(seen.runStatus == "succeeded" && seen.scheduled.count == 12)
        #expect(seen.events.count == Set(seen.events.map { $0.type + $0.summary }).count + 10)
    }
}
