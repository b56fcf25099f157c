import Foundation
import Simulator
import Transport

/// A stand-in for the service's REST API, and commands of the real program that talk to it.
final class CommandStage: Sendable {
    /// What must never be seen.
    static let apiKey = "cc_secret-key-of-nobody"

    let service: RecordingService
    let home: URL
    private let loop: Stage.StageLoop

    /// - Parameter answer: what the nth request gets, from 1.
    init(answer: @escaping @Sendable (RecordedRequest, _ number: Int) -> RecordedAnswer) async throws {
        loop = try Stage.StageLoop()
        service = try await RecordingService.start(on: loop.loop, answer: answer)
        home = try BridgeProcess.makeHome(["api_key": Self.apiKey, "server": service.url])
    }

    /// - Parameter answers: one after another, the last one for ever.
    convenience init(answers: [RecordedAnswer]) async throws {
        try await self.init { _, number in answers[min(number, answers.count) - 1] }
    }

    deinit { try? FileManager.default.removeItem(at: home) }

    /// The requests that came: method, target and body, a line each.
    var requests: [String] {
        service.requests.entries.map { request in
            [request.method, request.target, request.body].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    /// Runs a command to its end.
    /// - Parameter program: in place of the binary, with its first arguments.
    func run(_ arguments: [String], program: [String]? = nil, environment more: [String: String] = [:])
        async throws -> CommandRun
    {
        try await CommandRun.run(
            (program ?? [BridgeProcess.binary ?? "clawdtalk"]) + arguments,
            environment: BridgeProcess.environment(home, more), folder: home.path)
    }
}
