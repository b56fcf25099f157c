import Foundation
import Simulator
import Testing

@Suite("call, sms and approval: from the command line to the wire", .enabled(if: BridgeProcess.binary != nil))
struct CommandTableTests {
    @Test("command lines", arguments: CommandRow.calls + CommandRow.texts + CommandRow.approvals)
    func rows(row: CommandRow) async throws {
        let stage = try await CommandStage(
            answers: (row.answers.isEmpty ? ["{}"] : row.answers).map { .json(200, $0) })
        let run = try await stage.run(row.words)
        #expect(run.status == row.status, "\(run.said)")
        #expect(stage.requests == row.requests)
        #expect(run.output == (row.output.isEmpty ? "" : row.output + "\n"))
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == (row.note == nil ? 0 : 1), "\(run.errors)")
        #expect(row.note.map { run.errors.contains($0) } ?? true, "\(run.errors)")
        for request in stage.service.requests.entries {
            #expect(request.authorization == "Bearer \(CommandStage.apiKey)")
        }
        #expect(!run.said.contains("\u{1B}"))
    }

    @Test(
        "flags that nobody knows, and words that are too many, are refused",
        arguments: [
            ["call", "--bogus"], ["call", "Hi", "-x"], ["call", "--to"], ["call", "status", "a", "b"],
            ["call", "end", "a", "--force"], ["sms", "send", "+15551234567", "x", "--urgent"],
            ["sms", "nonsense"],
            ["sms", "list", "--direction", "sideways"], ["sms", "list", "--limit", "many"],
            ["sms", "list", "x"],
            ["sms", "conversations", "x"], ["approval"], ["approval", "nonsense"],
            ["approval", "request", "x", "--force"], ["approval", "request", "x", "--timeout", "soon"],
            ["approval", "request", "-push"], ["approval", "request", "Go", "-xh"], ["call", "-oh no"],
            ["sms", "send", "+15551234567", "-hi"], ["approval", "list", "pending", "x"],
            ["approval", "status", "a", "b"],
        ])
    func refused(words: [String]) async throws {
        let stage = try await CommandStage(answers: [.json(200, "{}")])
        let run = try await stage.run(words)
        #expect(run.status == 64 && run.output.isEmpty && !run.errors.isEmpty, "\(run.said)")
        #expect(stage.requests.isEmpty)
    }

    @Test(
        "help needs no configuration, and has examples and exit statuses",
        arguments: ["call", "sms", "approval"], ["help", "--help", "-h"])
    func help(noun: String, word: String) async throws {
        let home = try BridgeProcess.makeHome(nil)
        for words in [[noun, word], word == "help" ? ["help", noun] : [noun, word]] {
            let run = try await CommandRun.run(
                [BridgeProcess.binary ?? ""] + words, environment: BridgeProcess.environment(home))
            #expect(run.status == 0 && run.errors.isEmpty, "\(run.said)")
            #expect(run.output.contains("  clawdtalk \(noun) ") && run.output.contains("Exit statuses"))
        }
    }

    @Test("without a key nothing goes out", arguments: ["call", "sms send +15551234567 x", "approval list"])
    func noKey(words: String) async throws {
        let stage = try await CommandStage(answers: [.json(200, "{}")])
        try Data(#"{"server":"\#(stage.service.url)"}"#.utf8).write(
            to: stage.home.appending(path: "skill-config.json"))
        let run = try await stage.run(words.split(separator: " ").map(String.init))
        #expect(run.status == 78 && run.errors.contains("api_key") && stage.requests.isEmpty, "\(run.said)")
    }

    @Test("the key of the environment and the server of the command line are taken")
    func otherPlaces() async throws {
        let stage = try await CommandStage(answers: [.json(200, #"{"id":"m"}"#)])
        try FileManager.default.removeItem(at: stage.home.appending(path: "skill-config.json"))
        let run = try await stage.run(
            ["sms", "send", "+15551234567", "x", "--server", stage.service.url + "/base/"],
            environment: ["CLAWDTALK_API_KEY": "cc_another"])
        #expect(run.status == 0, "\(run.said)")
        #expect(stage.service.requests.entries.first?.target == "/base/v1/messages/send")
        #expect(stage.service.requests.entries.first?.authorization == "Bearer cc_another")
    }
}
