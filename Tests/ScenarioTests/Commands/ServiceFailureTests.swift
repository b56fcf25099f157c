import Foundation
import Simulator
import Testing

@Suite("Each command, with each failure of the service", .enabled(if: BridgeProcess.binary != nil))
struct ServiceFailureTests {
    @Test(
        "one line, the right status, and no secret", arguments: ServiceFailureCommand.all,
        ServiceFailureRow.all)
    func failures(command: ServiceFailureCommand, row: ServiceFailureRow) async throws {
        let other = try await CommandStage(answers: [
            .json(200, #"{"id":"x","call_id":"x","status":"approved"}"#)
        ])
        let stage = try await CommandStage { _, _ in
            switch row.service {
            case .answers(let answer): answer
            case .closed: .never
            case .redirects(let status):
                .json(status, "", fields: ["Location": other.service.url + "/v1/else"])
            }
        }
        var options = ["--request-timeout", "1"]
        if case .closed = row.service { options += ["--server", "http://127.0.0.1:1"] }
        let run = try await stage.run(command.words + options)
        guard !command.accepts.contains(row.name) else {
            #expect(run.status == 0, "\(run.said)")
            return
        }
        #expect(run.status == row.status, "\(run.said)")
        #expect(run.output.isEmpty)
        #expect(
            run.errors.hasPrefix("clawdtalk: ") && (row.says.isEmpty || run.errors.contains(row.says)),
            "\(run.errors)")
        #expect(run.errors.filter { $0 == "\n" }.count == 1 && run.errors.hasSuffix("\n"), "\(run.errors)")
        #expect(!run.said.contains(CommandStage.apiKey) && !run.said.contains("\u{1B}"))
        // The key goes to nobody else, and without it the request would be another one.
        #expect(other.requests.isEmpty)
    }

    @Test(
        "the cure is the one of the failure",
        arguments: [
            (401, "API key from the dashboard"), (402, "plan of your account"), (404, "Check the id"),
            (429, "Try again in 40 s"), (500, "look before you repeat it"),
            (422, "Change what you asked for"),
        ])
    func cures(status: Int, cure: String) async throws {
        let stage = try await CommandStage(answers: [.json(status, "", fields: ["Retry-After": "40"])])
        #expect(try await stage.run(["call", "Hi"]).errors.contains(cure))
    }

    @Test("a refused call to somebody else tells what such calls need", arguments: [402, 403])
    func external(status: Int) async throws {
        let stage = try await CommandStage(answers: [
            .json(status, #"{"error":{"code":"EXTERNAL_CALL","message":"No"}}"#)
        ])
        let run = try await stage.run(["call", "--to", "+13125550101", "Hi"])
        #expect(run.status == 1 && run.errors.contains("(\(status) EXTERNAL_CALL): No. Other numbers than"))
        #expect(
            run.errors.contains("need a paid account") && run.errors.contains("without --to you are called"))
        #expect(try await !stage.run(["call", "Hi"]).errors.contains("paid account"))
    }

    @Test(
        "what may have happened is said to be unknown, and is not done twice",
        arguments: [RecordedAnswer.dropped, .cut, .never])
    func doubt(answer: RecordedAnswer) async throws {
        let stage = try await CommandStage(answers: [answer])
        for words in [["call", "Hi"], ["sms", "send", "+15551234567", "x"], ["approval", "request", "x"]] {
            let run = try await stage.run(words + ["--request-timeout", "1"])
            #expect(run.status == 69 && run.errors.contains("not known whether it happened"), "\(run.said)")
            #expect(run.errors.contains("look before you repeat it"))
        }
        #expect(stage.requests.count == 3)
    }

    @Test("a reading is repeated, and a wait that the service asks for is kept")
    func repeated() async throws {
        let stage = try await CommandStage(answers: [
            .json(503, "", fields: ["Retry-After": "1"]), .dropped, .json(200, #"{"status":"ringing"}"#),
        ])
        let start = ContinuousClock.now
        let run = try await stage.run(["call", "status", "c1"])
        #expect(run.status == 0 && run.output == "c1: ringing\n", "\(run.said)")
        #expect(ContinuousClock.now - start >= .seconds(2))
    }
}
