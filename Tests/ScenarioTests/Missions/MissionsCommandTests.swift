import Foundation
import Simulator
import Testing

@Suite(
    "rest-api.md 3: the missions command line, on the wire and on the screen",
    .enabled(if: BridgeProcess.binary != nil))
struct MissionsCommandTests {
    @Test("missions, runs and plans", arguments: MissionsRow.missions + MissionsRow.runs + MissionsRow.plans)
    func missions(row: MissionsRow) async throws { try await row.check() }

    @Test("events, insights and linked agents", arguments: MissionsRow.events + MissionsRow.agents)
    func events(row: MissionsRow) async throws { try await row.check() }

    @Test(
        "assistants and numbers",
        arguments: MissionsRow.newAssistants + MissionsRow.assistants + MissionsRow.numbers)
    func assistants(row: MissionsRow) async throws { try await row.check() }

    @Test("calls and texts", arguments: MissionsRow.calls + MissionsRow.texts + MissionsRow.appointments)
    func appointments(row: MissionsRow) async throws { try await row.check() }

    @Test("a time in less than a minute is said, and refused with --strict")
    func soon() async throws {
        let time = Date.now.addingTimeInterval(30).formatted(.iso8601)
        let words = ["schedule-call", "a", "+13125550101", "+13125550199", time, "--hours", "0-24"]
        let sent = try await MissionsStage(answers: [#"{"id":"e"}"#]).run(words)
        #expect(sent.run.status == 0 && sent.requests.count == 1)
        #expect(sent.run.errors == "warning: \(time) is less than a minute ahead\n")
        let refused = try await MissionsStage(answers: [#"{"id":"e"}"#]).run(words + ["--strict"])
        #expect(refused.run.status == 64 && refused.requests.isEmpty && refused.run.output.isEmpty)
        #expect(
            refused.run.errors.hasPrefix("clawdtalk: \(time) is less than a minute ahead; nothing was sent"))
    }

    @Test("check-key shows the key masked and asks nobody")
    func checkKey() async throws {
        let plain = try await MissionsStage(answers: ["{}"]).run(["check-key"])
        #expect(plain.run.status == 0 && plain.requests.isEmpty && plain.run.output == "cc_te…789\n")
        let json = try await MissionsStage(answers: ["{}"]).run(["check-key", "--json"])
        #expect(try json.run.json() as? [String: String] == ["api_key": "cc_te…789"])
    }

    @Test(
        "failures of the service: one line and the status of the table",
        arguments: [
            (RecordedAnswer.json(404, #"{"error":"no such mission"}"#), Int32(1), "no such mission"),
            (.json(401, "{}"), 77, "401"), (.json(200, "[]"), 1, "without id"),
            (.text(200, "<html>"), 1, "a web page"),
            (.json(302, "{}", fields: ["Location": "http://elsewhere/"]), 1, "redirects"),
            (.dropped, 69, "no answer"),
        ])
    func failures(answer: RecordedAnswer, status: Int32, says: String) async throws {
        let outcome = try await MissionsStage { _, _ in answer }.run(["create-mission", "n", "i"])
        #expect(outcome.run.status == status && outcome.run.output.isEmpty && outcome.requests.count == 1)
        let begin =
            status == 69 || says.contains("with") || says.contains("page")
            ? "it is not known whether it happened: " : "the mission was not made: "
        #expect(outcome.run.errors.hasPrefix("clawdtalk: " + begin), "\(outcome.run.errors)")
        #expect(outcome.run.errors.contains(says), "\(outcome.run.errors)")
        #expect(outcome.run.errors.split(separator: "\n").count == 1)
    }
}
