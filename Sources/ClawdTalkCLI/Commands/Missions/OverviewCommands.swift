import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions

/// How missions stand.
enum OverviewCommands {
    static let all: [any ParsableCommand.Type] = [Status.self, Doctor.self, Report.self]

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Show a mission's steps, its calls with their outcomes, and what is next.")

        @Argument(help: "The mission's slug.") var slug: String
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let overview = try await options.missionDesk().overview(slug)
                OverviewText(overview).show(asJSON: options.json)
                return .success
            }
        }
    }

    struct Doctor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "doctor",
            abstract:
                "Find what will not mend itself: unlinked agents, stuck steps, calls without a step; with the cure.",
            discussion: "Exit statuses: 0 nothing was found, 1 something was.")

        @Argument(help: "The mission's slug.") var slug: String
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let findings = try await options.missionDesk().diagnose(slug)
                if options.json {
                    Console.json(findings)
                } else if findings.isEmpty {
                    Console.out("nothing stands in the way")
                }
                for finding in findings where !options.json {
                    Console.out(Console.printable(finding.problem))
                    Console.out(Console.printable("    cure: \(finding.cure)"))
                }
                return findings.isEmpty ? .success : .failure
            }
        }
    }

    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract:
                "Write a mission's results as Markdown: numbers, outcomes, durations, insights, the best score first."
        )

        @Argument(help: "The mission's slug; a completed one too.") var slug: String
        @Option(help: ArgumentHelp("Write it into this file, which is replaced.", valueName: "file"))
        var output: String?
        @Flag(help: "Print one JSON document with the results.") var json = false

        func run() async throws {
            try await CommandRunner.run {
                let entry = try KnownMission.read(slug)
                if json {
                    Console.out((entry.memory["results"] ?? .array([])).prettyText)
                    return .success
                }
                let markdown = MissionReport(slug, entry).markdown
                guard let output else {
                    Console.out(
                        markdown.split(separator: "\n", omittingEmptySubsequences: false)
                            .map { Console.printable(String($0)) }.joined(separator: "\n"))
                    return .success
                }
                do {
                    try markdown.write(toFile: output, atomically: true, encoding: .utf8)
                } catch {
                    throw CommandFailure(.cannotWrite, "\(output) cannot be written.")
                }
                Console.error("\(output) is written.")
                return .success
            }
        }
    }
}
