import Foundation
import Simulator
import Testing

@Suite("The old client's scripts, with its own examples", .enabled(if: BridgeProcess.binary != nil))
struct DropInScriptTests {
    private let package = Result { try ScriptPackage() }

    private static let answer = """
        {"call_id":"call_1","id":"msg_1","status":"approved","request_id":"a1","devices_notified":1,\
        "messages":[],"conversations":[{"contact":"+1"}],"approvals":[{}]}
        """

    /// The script and its arguments, and the first request.
    static let examples: [([String], String)] = [
        (["call.sh", "Hey, what's up?"], #"POST /v1/calls {"greeting":"Hey, what's up?"}"#),
        (
            ["call.sh", "--to", "+15551234567", "--purpose", "Confirm the meeting"],
            #"POST /v1/calls {"to":"+15551234567","context":{"purpose":"Confirm the meeting"}}"#
        ),
        (["call.sh"], "POST /v1/calls {}"),
        (["call.sh", "status", "call_1"], "GET /v1/calls/call_1"),
        (["call.sh", "end", "call_1"], #"POST /v1/calls/call_1/end {"reason":"user_ended"}"#),
        (
            ["sms.sh", "send", "+15551234567", "Hello there"],
            #"POST /v1/messages/send {"to":"+15551234567","message":"Hello there"}"#
        ),
        (
            ["sms.sh", "send", "+15551234567", "x", "--media", "https://example.com/a.jpg"],
            #"POST /v1/messages/send {"to":"+15551234567","message":"x","media_urls":["https://example.com/a.jpg"]}"#
        ),
        (
            ["sms.sh", "list", "--limit", "5", "--contact", "+15551234567"],
            "GET /v1/messages?limit=5&contact=%2B15551234567"
        ),
        (["sms.sh", "conversations"], "GET /v1/messages/conversations"),
        (
            ["approval.sh", "request", "Delete repo", "--details", "It is old", "--biometric"],
            #"POST /v1/approvals {"action":"Delete repo","require_biometric":true,"expires_in":300,"details":"It is old"}"#
        ),
        (["approval.sh", "status", "a1"], "GET /v1/approvals/a1"),
        (["approval.sh", "list"], "GET /v1/approvals?status=pending"),
    ]

    private func run(_ words: [String], on stage: CommandStage) async throws -> CommandRun {
        try await stage.run(
            Array(words.dropFirst()), program: [try package.get().script(words[0])])
    }

    @Test("examples of the old documentation", arguments: examples)
    func example(words: [String], request: String) async throws {
        let stage = try await CommandStage(answers: [.json(200, Self.answer)])
        let run = try await run(words, on: stage)
        #expect(run.status == 0 && !run.output.isEmpty, "\(run.said)")
        #expect(stage.requests.first == request)
    }

    @Test(
        "without a command: the usage",
        arguments: [("sms.sh", 0), ("approval.sh", 64), ("connect.sh", 64)] as [(String, Int32)])
    func usage(script: String, status: Int32) async throws {
        let stage = try await CommandStage(answers: [.json(200, "{}")])
        let run = try await run([script], on: stage)
        #expect(run.status == status && run.said.lowercased().contains("usage"), "\(run.said)")
        #expect(stage.requests.isEmpty)
    }

    @Test("a no ends the line that it guards")
    func guarded() async throws {
        let stage = try await CommandStage(answers: [
            .json(200, #"{"request_id":"a1","devices_notified":1}"#), .json(200, #"{"status":"denied"}"#),
        ])
        let run = try await stage.run(
            [],
            program: ["bash", "-c", #""$0" request "Delete repo" && echo deleted"#]
                + [try package.get().script("approval.sh")])
        #expect(run.status == 10 && run.output == "denied\n", "\(run.said)")
    }
}
