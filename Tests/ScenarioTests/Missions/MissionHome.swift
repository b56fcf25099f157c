import ClawdTalkAPI
import Foundation
import Simulator
import Transport

/// A home whose commands talk to a service with missions in memory, over real HTTP.
final class MissionHome: Sendable {
    let missions: SimulatedMissions
    let service: RecordingService
    let home: URL
    private let loop: EventLoop

    /// - Parameters:
    ///   - adjust: more members of skill-config.json.
    ///   - fault: what the nth request gets in place of its answer.
    init(
        adjust: [String: String] = [:],
        fault: @escaping @Sendable (RecordedRequest, Int) -> RecordedAnswer? = { _, _ in nil }
    ) async throws {
        loop = try EventLoop(name: "service")
        let missions = SimulatedMissions(clock: { .now })
        self.missions = missions
        service = try await RecordingService.start(on: loop) { fault($0, $1) ?? missions.answer($0) }
        let config: [String: Any] = adjust.merging([
            "api_key": "cc_test_key_0123456789", "server": service.url,
        ]) { $1 }
        home = try BridgeProcess.makeHome(config)
    }

    deinit {
        loop.stop()
        try? FileManager.default.removeItem(at: home)
    }

    func callAsFunction(
        _ words: String..., folder: String? = nil, input: String = "", environment: [String: String] = [:]
    ) async throws -> CommandRun {
        try await run(words, folder: folder, input: input, environment: environment)
    }

    func run(
        _ words: [String], folder: String? = nil, input: String = "", environment: [String: String] = [:]
    ) async throws -> CommandRun {
        try await CommandRun.run(
            [BridgeProcess.binary ?? "clawdtalk", "missions"] + words,
            environment: BridgeProcess.environment(home, environment), input: input,
            folder: folder ?? home.path)
    }

    func configure(_ change: (inout [String: Any]) -> Void) throws {
        let file = home.appending(path: "skill-config.json")
        var config = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        change(&config)
        try JSONSerialization.data(withJSONObject: config).write(to: file, options: .atomic)
    }

    var statePath: String { home.appending(path: ".missions_state.json").path }

    func state() throws -> JSONValue? { JSONValue(parsing: try Data(contentsOf: URL(filePath: statePath))) }

    /// Method and path of each request, without its query.
    var requests: [String] {
        service.requests.entries.map { "\($0.method) \($0.target.prefix { $0 != "?" })" }
    }

    /// A mission with one step, an assistant and a number. - Returns: mission, run and assistant.
    func begin(_ steps: [String] = ["s1"]) async throws -> (mission: String, run: String, assistant: String) {
        let plan = JSONValue.array(steps.map { .members(["step_id": .string($0), "description": "Call"]) })
        _ = try await self("init", "Trip", "Call them.", "Please call.", plan.compactText)
        _ = try await self("setup-agent", "trip", "Caller", "Ask.", "Hello")
        let entry = try state()?["trip"]
        return (
            entry?["mission_id"]?.identifier ?? "", entry?["run_id"]?.identifier ?? "",
            entry?["assistant_id"]?.identifier ?? ""
        )
    }
}
