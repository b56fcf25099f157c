import Foundation
import Simulator

/// The commands of a user whose bridge runs in a stage's home, and what its status says from second to second.
struct HomeCommands {
    let stage: Stage
    private let watch: BridgeProcess

    /// - Parameter environment: of the watch too.
    init(_ stage: Stage) throws {
        self.stage = stage
        watch = try stage.run(["status", "--watch", "--json"])
    }

    func callAsFunction(
        _ arguments: String..., environment more: [String: String] = [:]
    ) async throws -> (status: Int32?, output: [String]) {
        try await BridgeProcess.run(
            arguments, home: stage.home, environment: stage.environment.merging(more) { $1 })
    }

    func status() async throws -> BridgeReport {
        try BridgeReport(try await self("status", "--json").output.joined())
    }

    /// The first report from now on that is like this.
    func report(
        within limit: Duration = .seconds(60), _ matches: @escaping @Sendable (BridgeReport) -> Bool
    ) async -> BridgeReport? {
        // One report may be older than this moment.
        let known = watch.log.entries.count + 1
        let line = await watch.log.first(within: limit) { lines in
            lines.dropFirst(known).first { (try? BridgeReport($0)).map(matches) ?? false }
        }
        return line.flatMap { try? BridgeReport($0) }
    }

    /// Other members of skill-config.json.
    func configure(_ change: (inout [String: Any]) -> Void) throws {
        let file = stage.home.appending(path: "skill-config.json")
        var config =
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        change(&config)
        try JSONSerialization.data(withJSONObject: config).write(to: file, options: .atomic)
    }
}

/// What the scenarios look at in `status --json`.
struct BridgeReport: Decodable {
    struct Outage: Decodable { let cause: String }

    let state: String
    let connected: Bool
    let pid: Int32?
    let answered: Int?
    let failed: Int?
    let reconnects: Int?
    let problem: String?
    let outages: [Outage]?
    let gateway_live: Bool?
    let live_calls: Int?
    let ping_seconds: Double?
    let answer_seconds_p50: Double?
    let longest_silence_seconds: Double?

    init(_ json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }
}
