import Foundation
import Simulator
import Testing

@Suite("approval request, while it waits", .enabled(if: BridgeProcess.binary != nil))
struct ApprovalWaitScenarioTests {
    private static let asked = RecordedAnswer.json(201, #"{"request_id":"a1","devices_notified":1}"#)

    @Test(
        "what may pass is borne, what will not pass ends it",
        arguments: [
            (.json(500, "{}"), 0), (.json(429, "{}", fields: ["Retry-After": "1"]), 0), (.dropped, 0),
            (.cut, 0),
            (.json(200, #"{"status":"pending"}"#), 0), (.json(401, "{}"), 77), (.json(404, "{}"), 1),
            (.json(403, "{}"), 1), (.text(200, "<html>"), 1), (.json(200, "null"), 1), (.json(200, "[]"), 1),
        ] as [(RecordedAnswer, Int32)])
    func troubles(answer: RecordedAnswer, status: Int32) async throws {
        let stage = try await CommandStage(answers: [
            Self.asked, answer, .json(200, #"{"status":"approved"}"#),
        ])
        let run = try await stage.run(["approval", "request", "Go"])
        #expect(run.status == status, "\(run.said)")
        #expect(run.output == (status == 0 ? "approved\n" : ""))
        #expect(stage.requests.count == (status == 0 ? 3 : 2))
        #expect(run.errors.split(separator: "\n").count == (status == 0 ? 1 : 2), "\(run.errors)")
    }

    @Test("an unknown status word ends it without a yes")
    func unknown() async throws {
        let stage = try await CommandStage(answers: [Self.asked, .json(200, #"{"status":"revoked"}"#)])
        let run = try await stage.run(["approval", "request", "Go"])
        #expect(run.status == 1 && run.output == "error\n" && run.errors.contains("unknown status revoked"))
    }

    @Test("a service that is gone is waited for until the deadline, and no longer")
    func gone() async throws {
        let stage = try await CommandStage(answers: [Self.asked, .never])
        let start = ContinuousClock.now
        let run = try await stage.run(["approval", "request", "Go", "--timeout", "2"])
        #expect(run.status == 11 && run.output == "timeout\n", "\(run.said)")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test("Ctrl-C ends it at once, and says that the request still stands")
    func interrupted() async throws {
        let stage = try await CommandStage(answers: [Self.asked, .json(200, #"{"status":"pending"}"#)])
        let process = try BridgeProcess(
            ["approval", "request", "Go"], home: stage.home, peers: [stage])
        #expect(await stage.service.requests.first(within: .seconds(40)) { $0.method == "GET" } != nil)
        process.signal(SIGINT)
        #expect(await process.exit() == SIGINT)
        #expect(await process.log.first(within: .seconds(10)) { $0.contains("a1 still stands") } != nil)
    }
}
