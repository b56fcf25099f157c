import Foundation
import Testing

@Suite(
    "missions: what is wrong on the command line ends with 64 before anything is sent",
    .enabled(if: BridgeProcess.binary != nil))
struct MissionsUsageTests {
    private static let (to, from, time) = ("+13125550101", "+13125550199", "2099-01-06T15:00:00Z")

    /// Commands with their smallest number of arguments.
    private static let counts: [(String, Int)] = [
        ("create-mission", 2), ("get-mission", 1), ("create-run", 2), ("get-run", 2), ("update-run", 3),
        ("list-runs", 1), ("create-plan", 3), ("get-plan", 2), ("update-step", 4), ("log-event", 5),
        ("list-events", 2), ("create-assistant", 2), ("get-assistant", 1), ("update-assistant", 2),
        ("get-connection-id", 1), ("assign-phone", 2), ("schedule-call", 4), ("schedule-sms", 5),
        ("get-event", 2), ("cancel-scheduled-event", 2), ("list-events-assistant", 1), ("get-insights", 1),
        ("link-agent", 3), ("list-linked-agents", 2), ("unlink-agent", 3),
    ]

    private func check(_ words: [String], says: String) async throws {
        let outcome = try await MissionsStage(answers: ["{}"]).run(words)
        #expect(outcome.run.status == 64 && outcome.requests.isEmpty && outcome.run.output.isEmpty)
        let lines = outcome.run.errors.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first?.hasPrefix("Error: ") == true && lines[0].contains(says), "\(lines)")
        // Behind it the parser says how it is used.
        #expect(
            lines.dropFirst().allSatisfy { $0.isEmpty || $0.contains(/^(Help: |Usage: |  See )/) }, "\(lines)"
        )
    }

    @Test("too few arguments", arguments: counts)
    func tooFew(command: String, count: Int) async throws {
        // Arguments that would do everywhere they stand.
        let words = ["+13125550101", "+13125550101", "+13125550101", Self.time, "5"]
        try await check([command] + words.prefix(count - 1), says: "Missing expected argument")
    }

    @Test(
        "arguments that cannot be used",
        arguments: [
            (["nonsense"], "Unexpected argument"), (["help", "nonsense"], "no such command"),
            (["list-missions", "more"], "Unexpected argument"),
            (["list-missions", "-x"], "Unexpected argument"),
            (["list-missions", "--x"], "Unknown option"),
            (["get-mission", ""], "is invalid for '<mission>'"), (["get-mission", "."], "is invalid"),
            (["cancel-scheduled-event", "a", ".."], "is invalid for '<event>'"),
            (["create-run", "m", "{a:1}"], "The input is not JSON"),
            (["create-run", "m", "NaN"], "not JSON"),
            (["create-run", "m", ""], "not JSON"), (["create-run", "m", "{}{}"], "not JSON"),
            (["create-run", "m", "[1,]"], "not JSON"),
            (["update-run", "m", "r", ""], "The status is empty"),
            (["update-run", "m", "r", " "], "The status is empty"),
            (["update-step", "m", "r", "s", ""], "The status is empty"),
            (["create-plan", "m", "r", "[1"], "not JSON"),
            (["log-event", "m", "r", "custom", "s", #"{"a":1}"#], "step id was forgotten"),
            (["log-event", "m", "r", "custom", "s", "[1]"], "step id was forgotten"),
            (["log-event", "m", "r", "custom", "s", "-", "{"], "The payload is not JSON"),
            (["log-event", "m", "r", "", "s", "-"], "The event type is empty"),
            (["list-assistants", "--page", "0"], "numbers from 1"),
            (["list-assistants", "--size=0"], "numbers from 1"),
            (["list-assistants", "--page", "x"], "is invalid"),
            (["create-assistant", "n", "i", "g", "{"], "not JSON"),
            (["create-assistant", "n", "i", "[hello"], "not JSON"),
            (["create-assistant", "n", "i", "g", "5"], "neither an object nor a list"),
            (["create-assistant", "n", "i", "g", #"{"voices":1}"#], "unknown member \"voices\""),
            (["create-assistant", "n", "i", "g", #"{"a\nb":1}"#], #"unknown member "a\nb""#),
            (["create-assistant", "n", "i", "g", #"{"features":[],"enabled_features":[]}"#], "both"),
            (["update-assistant", "a", "x"], "not JSON"),
            (["assign-phone", "p", ""], "The connection id is empty"),
        ])
    func wrong(words: [String], says: String) async throws { try await check(words, says: says) }

    @Test(
        "calls and texts that cannot be scheduled",
        arguments: [
            (["a", "123", from, time], "is invalid for '<to>'"),
            (["a", to, "+12345", time], "is invalid for '<from>'"),
            (["a", "+1234567890123456", from, time], "is invalid for '<to>'"),
            (["a", "312-555-010", from, time], "is invalid for '<to>'"),
            (["a", to, from, "tomorrow"], "not a date and time with a zone"),
            (["a", to, from, "2099-01-06T15:00:00"], "not a date and time with a zone"),
            (["a", to, from, "2099-02-29T15:00:00Z"], "not a date and time with a zone"),
            (["a", to, from, time, "m"], "the mission's id and the run's id"),
            (["a", to, from, time, "", "r"], "the mission's id and the run's id"),
            (["a", to, from, time, "--hours", "17-9"], "--hours takes"),
            (["a", to, from, time, "--timezone", "Mars/Base"], "--timezone takes"),
            (["a", to, from, time, "m", "r", "s", "more"], "Unexpected argument"),
        ])
    func calls(words: [String], says: String) async throws {
        try await check(["schedule-call"] + words, says: says)
    }

    @Test("a text without words")
    func emptyText() async throws {
        try await check(["schedule-sms", "a", Self.to, Self.from, Self.time, " "], says: "The text is empty")
    }

    @Test(
        "--strict refuses bad times in one line",
        arguments: [
            ("2020-01-06T15:00:00Z", "is in the past"), ("2099-01-06T23:00:00Z", "17:00 in America/Chicago"),
        ])
    func strict(time: String, says: String) async throws {
        for more in [["schedule-call"], ["schedule-sms", "x"]] {
            let words = [more[0], "a", Self.to, Self.from, time] + more.dropFirst() + ["--strict"]
            let outcome = try await MissionsStage(answers: ["{}"]).run(words)
            #expect(outcome.run.status == 64 && outcome.requests.isEmpty && outcome.run.output.isEmpty)
            #expect(outcome.run.errors.contains(says))
            #expect(outcome.run.errors.split(separator: "\n").count == 1)
        }
    }

    @Test("help without a configuration", arguments: [[], ["help"], ["--help"], ["-h"]])
    func help(words: [String]) async throws {
        let outcome = try await BridgeProcess.run(["missions"] + words, home: BridgeProcess.makeHome(nil))
        let text = outcome.output.joined(separator: "\n")
        #expect(outcome.status == 0 && text.contains("USAGE: clawdtalk missions <subcommand>"))
        for (command, _) in Self.counts { #expect(text.contains("  \(command)"), "\(command)") }
        for group in ["MISSIONS AND RUNS", "PLANS AND EVENTS", "ASSISTANTS", "NUMBERS"] {
            #expect(text.contains("\(group) SUBCOMMANDS:"))
        }
    }

    @Test("every command has help of its own", arguments: counts)
    func commandHelp(command: String, count: Int) async throws {
        let home = try BridgeProcess.makeHome(nil)
        for words in [[command, "--help"], ["help", command]] {
            let outcome = try await BridgeProcess.run(["missions"] + words, home: home)
            #expect(outcome.status == 0 && outcome.output.contains { $0.hasPrefix("OVERVIEW: ") })
            #expect(outcome.output.contains { $0.hasPrefix("USAGE: clawdtalk missions \(command) ") })
        }
    }
}
