import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions

/// Missions that look after themselves.
enum AutopilotCommands {
    static let all: [any ParsableCommand.Type] = [Watch.self, Poll.self, CancelRemaining.self]

    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "watch",
            abstract: "Follow a mission's calls and texts to their end: results, retries, steps, the run.",
            discussion: """
                Calls that nobody answers are made again after two hours, busy ones after 10 to 15 minutes, failed ones after \
                5 to 10, up to three times more, and only between 9 and 17 where the number is. A canceled call waits for a \
                decision. The run is closed when every step is done; the agent is told once, and a report is written.

                It may be stopped and started again at any time. With "missions_autopilot": true in skill-config.json the \
                running bridge does the same, and with cron `missions poll` does one round.

                Exit statuses: 0 all is finished, 1 no such mission, 69 not reachable, 77 key refused.
                """)

        @Argument(help: "The mission's slug.") var slug: String?
        @Flag(help: "All missions that are not finished.") var all = false
        @OptionGroup var rules: AutopilotRules
        @OptionGroup var options: ServiceOptions

        func validate() throws {
            guard (slug == nil) == all else { throw ValidationError("Name one mission, or say --all.") }
        }

        func run() async throws {
            try await CommandRunner.run {
                let autopilot = try await options.autopilot { Console.error(Console.printable($0)) }
                if let slug { try rules.apply(to: slug, in: autopilot.file) }
                try await AutopilotWatch(autopilot).follow(slug)
                guard let slug else { return .success }
                let overview = try await options.missionDesk().overview(slug)
                OverviewText(overview).show(asJSON: options.json)
                return .success
            }
        }
    }

    struct Poll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "poll",
            abstract: "One round for a mission, for cron: 0 when it is finished, 75 when it goes on.",
            discussion: """
                A line for cron that goes away when the mission is finished:

                  */2 * * * * clawdtalk missions poll SLUG && (crontab -l | grep -v "missions poll SLUG") | crontab -

                Exit statuses: 0 finished, 75 it goes on, 1 no such mission, 77 key refused.
                """)

        @Argument(help: "The mission's slug.") var slug: String
        @OptionGroup var rules: AutopilotRules
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let autopilot = try await options.autopilot { Console.error(Console.printable($0)) }
                try rules.apply(to: slug, in: autopilot.file)
                let round = try await autopilot.round(slug)
                let next = round.next.formatted(.iso8601)
                ServiceAnswer(
                    round.isFinished ? "finished" : "goes on; the next look is due at \(next)",
                    json: .members([
                        "finished": .bool(round.isFinished), "next": round.isFinished ? .null : .string(next),
                    ])
                ).show(asJSON: options.json)
                return round.isFinished ? .success : .notYet
            }
        }
    }

    struct CancelRemaining: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cancel-remaining",
            abstract: "Cancel every call and text of a mission that is not over, when the goal is met early.",
            discussion: "Exit statuses: 0 nothing goes on any more, 1 something does.")

        @Argument(help: "The mission's slug.") var slug: String
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let autopilot = try await options.autopilot { _ in }
                let result = try await autopilot.cancelRemaining(slug)
                let lines =
                    result.canceled.map { "canceled \($0)" }
                    + result.left.map { "\($0) goes on: it is under way, or the service does not cancel it" }
                ServiceAnswer(
                    lines.isEmpty ? ["nothing was left to cancel"] : lines,
                    json: .members([
                        "canceled": .array(result.canceled.map { .string($0) }),
                        "left": .array(result.left.map { .string($0) }),
                    ])
                ).show(asJSON: options.json)
                return result.left.isEmpty ? .success : .failure
            }
        }
    }
}
