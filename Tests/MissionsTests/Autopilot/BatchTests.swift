import ClawdTalkAPI
import Foundation
import Missions
import Simulator
import Testing

@Suite("Batches")
struct BatchTests {
    private static func rows(_ count: Int, from first: Int = 0) -> [BatchRow] {
        (first..<first + count).map { BatchRow(to: "+1312555\(1_000 + $0)", step: nil, text: nil) }
    }

    private static func pace(_ time: String) throws -> BatchPace {
        BatchPace(
            start: Int(try Date.ISO8601FormatStyle().parse(time).timeIntervalSince1970), size: 5, interval: 90
        )
    }

    private func schedule(_ rows: [BatchRow], _ stage: MissionStage, at time: String) async throws
        -> Autopilot.BatchResult
    {
        let entry = try #require(try stage.file.read()["find-plumbers"])
        return try await stage.autopilot().scheduleBatch(
            rows, of: "find-plumbers", agent: (entry.assistantID ?? "", entry.agentPhone ?? ""),
            pace: Self.pace(time)
        ) { _, _ in }
    }

    @Test("a few at a time, also where all of them wait for the same opening", arguments: ["03:00", "15:00"])
    func slots(hour: String) async throws {
        let stage = try await MissionStage()
        let run = try await stage.begin([])
        let result = try await schedule(Self.rows(12), stage, at: "2026-12-07T\(hour):00Z")
        #expect(result.scheduled == 12)
        let times = try #require(stage.missions.snapshot(of: run.run)).scheduled.map(\.at)
        // Nine in Chicago.
        #expect(
            times == Array(repeating: "2026-12-07T15:00:00Z", count: 5)
                + Array(repeating: "2026-12-07T15:01:30Z", count: 5)
                + Array(repeating: "2026-12-07T15:03:00Z", count: 2))
    }

    @Test("another list leaves what waits of the first alone")
    func second() async throws {
        let stage = try await MissionStage(fault: { request, number in
            number == 14 && request.method == "POST" ? .json(503, "{}") : nil
        })
        let run = try await stage.begin([])
        _ = try? await schedule(Self.rows(6), stage, at: "2026-12-07T15:00:00Z")
        _ = try await schedule(Self.rows(1, from: 50), stage, at: "2026-12-07T16:00:00Z")
        let record = try stage.record
        #expect(record.appointments.count == 7)
        _ = try await schedule(Self.rows(6), stage, at: "2026-12-07T15:00:00Z")
        let numbers = try #require(stage.missions.snapshot(of: run.run)).scheduled.map(\.to)
        #expect(numbers.count == 7 && Set(numbers).count == 7)
    }

    @Test("everything that is wrong with a list is said, with its row")
    func wrong() {
        let text = "Name,To\nA,+13125550101\nB,12\nC,+1 (312) 555-0101\nD,\n"
        #expect {
            _ = try BatchFile(parsing: text)
        } throws: { error in
            let problems = (error as? BatchFile.Fault)?.problems ?? []
            return problems.count == 3 && problems[0].hasPrefix("row 2") && problems[1].contains("twice")
        }
    }

    @Test(
        "quotes, blanks, other separators and line ends",
        arguments: [
            "to,text\n+13125550101,\"Hi, \"\"you\"\"\"\n",
            "to;text\r\n+1 312 555 0101;\"Hi, \"\"you\"\"\"\r\n",
        ])
    func forms(text: String) throws {
        #expect(
            try BatchFile(parsing: text).rows == [
                BatchRow(to: "+13125550101", step: nil, text: "Hi, \"you\"")
            ])
    }
}
