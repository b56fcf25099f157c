import Foundation
import Simulator
import Testing

/// One command line of `clawdtalk missions`, what goes over the wire, and what is printed.
struct MissionsRow: CustomTestStringConvertible, Sendable {
    let arguments: [String]
    /// The bodies of the service's answers in order; the last one is given again.
    let answers: [String]
    /// Method, path and query below /v1, and the body, with blanks between them.
    let sent: [String]
    /// The lines on standard output.
    let lines: [String]
    /// What standard output means with --json; nil when nothing is printed.
    let json: String?
    let status: Int32
    /// Parts of standard error; without any it is empty.
    let says: [String]

    init(
        _ arguments: String..., answers: [String] = ["{}"], sent: [String], lines: [String] = [],
        json: String? = nil, status: Int32 = 0, says: [String] = []
    ) {
        self.init(
            arguments, answers: answers, sent: sent, lines: lines, json: json, status: status, says: says)
    }

    init(
        _ arguments: [String], answers: [String] = ["{}"], sent: [String], lines: [String] = [],
        json: String? = nil, status: Int32 = 0, says: [String] = []
    ) {
        (self.arguments, self.answers, self.sent) = (arguments, answers, sent)
        (self.lines, self.json, self.status, self.says) = (lines, json, status, says)
    }

    var testDescription: String { arguments.joined(separator: " ") }

    func check() async throws {
        try await check(try await MissionsStage(answers: answers).run(arguments), isJSON: false)
        try await check(try await MissionsStage(answers: answers).run(arguments + ["--json"]), isJSON: true)
    }

    private func check(_ stage: MissionsStage.Outcome, isJSON: Bool) async throws {
        #expect(stage.run.status == status, "\(stage.run.said)")
        #expect(stage.requests.map { $0.method + " " + $0.target } == sent.map(Self.head))
        for (request, line) in zip(stage.requests, sent) {
            #expect(try Self.meaning(request.body) == Self.meaning(Self.body(of: line)), "\(request.body)")
            #expect(request.authorization == "Bearer cc_test_key_0123456789")
            #expect(request.contentType == "application/json")
        }
        if !isJSON {
            #expect(stage.run.output == lines.map { $0 + "\n" }.joined())
        } else if let json {
            #expect(try Self.meaning(stage.run.output) == Self.meaning(json), "\(stage.run.output)")
        } else {
            #expect(stage.run.output.isEmpty)
        }
        for part in says { #expect(stage.run.errors.contains(part), "\(stage.run.errors)") }
        #expect(
            stage.run.errors.split(separator: "\n").count == (says.isEmpty ? 0 : 1), "\(stage.run.errors)")
    }

    private static func head(of line: String) -> String {
        let words = line.split(separator: " ", maxSplits: 2)
        return "\(words[0]) /v1\(words[1])"
    }

    private static func body(of line: String) -> String {
        line.split(separator: " ", maxSplits: 2).dropFirst(2).first.map(String.init) ?? ""
    }

    /// Of a JSON text, whatever the order of its members; of nothing, null.
    private static func meaning(_ text: String) throws -> NSObject? {
        guard !text.isEmpty else { return nil }
        return try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            as? NSObject
    }
}
