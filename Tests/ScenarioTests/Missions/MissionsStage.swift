import Foundation
import Simulator
import Transport

/// A service that answers as it is told, and commands in a home of their own.
struct MissionsStage {
    private let service: RecordingService
    private let loop: EventLoop
    private let home: URL

    struct Outcome {
        let run: CommandRun
        let requests: [RecordedRequest]
    }

    /// - Parameter answers: bodies in order; the last one is given again.
    init(answers: [String]) async throws {
        try await self.init { _, number in .json(200, answers[min(number, answers.count) - 1]) }
    }

    init(answer: @escaping @Sendable (RecordedRequest, _ number: Int) -> RecordedAnswer) async throws {
        loop = try EventLoop(name: "service")
        service = try await RecordingService.start(on: loop, answer: answer)
        home = try BridgeProcess.makeHome(["api_key": "cc_test_key_0123456789", "server": service.url])
    }

    /// Runs `missions` once; the stage ends with it.
    func run(_ arguments: [String]) async throws -> Outcome {
        let run = try await CommandRun.run(
            [BridgeProcess.binary ?? "clawdtalk", "missions"] + arguments,
            environment: BridgeProcess.environment(home), folder: home.path)
        try FileManager.default.removeItem(at: home)
        let requests = service.requests.entries
        withExtendedLifetime(service) { loop.stop() }
        return Outcome(run: run, requests: requests)
    }
}
