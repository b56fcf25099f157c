import Foundation
import Missions
import Simulator
import Synchronization
import Testing

@Suite("A mission while somebody sets the machine's clock")
struct AutopilotClockTests {
    @Test("a clock that jumps a month ahead takes nothing from what the agent is to be told")
    func ahead() async throws {
        let stage = try await MissionStage()
        stage.teller.isAway.withLock { $0 = true }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        while try stage.record.tidings.isEmpty { _ = try await stage.fly(rounds: 1) }
        stage.clock.advance(seconds: 30 * 86_400)
        _ = try await stage.fly(rounds: 2)
        #expect(try stage.record.tidings.isEmpty == false)
        stage.teller.isAway.withLock { $0 = false }
        #expect(try await stage.fly(rounds: 10))
        #expect(stage.teller.told.entries.last?.text.contains("succeeded") == true)
    }

    @Test(
        "a clock that goes back a year while the agent cannot be told: it is told soon, and not tried for ever"
    )
    func back() async throws {
        let stage = try await MissionStage()
        stage.teller.isAway.withLock { $0 = true }
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        while try stage.record.tidings.isEmpty { _ = try await stage.fly(rounds: 1) }
        stage.clock.advance(seconds: -365 * 86_400)
        let start = stage.clock.now
        let told = stage.teller.told.entries.count
        _ = try await stage.fly(rounds: 3)
        #expect(stage.teller.told.entries.count > told && stage.clock.now < start + 3_600)
        #expect(try await stage.fly(rounds: 200))
        #expect(stage.clock.now < start + 3 * 86_400 && stage.teller.told.entries.count <= 101)
    }

    @Test("a clock that was a year ahead while a call was looked at: the next look comes within hours")
    func openCall() async throws {
        let stage = try await MissionStage()
        let run = try await stage.begin(["a"])
        try await stage.schedule("+4930111", step: "a", in: run)
        _ = try await stage.fly(rounds: 1)
        let start = stage.clock.now
        try stage.adjust {
            let then = Int(start.timeIntervalSince1970) + 365 * 86_400
            ($0.appointments[0].nextLook, $0.pausedUntil, $0.discoveredAt) = (then, then, then)
        }
        #expect(try await stage.fly(rounds: 100))
        #expect(stage.clock.now < start + 86_400)
    }
}
