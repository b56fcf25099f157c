import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions

/// `clawdtalk missions schedule-batch`: many calls or texts from a list.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule-batch",
        abstract:
            "Schedule the calls or texts of a CSV file, a few at a time; again to go on where it stopped.",
        discussion: """
            The file's first line names its columns: `to` (E.164), and if wanted `step` and `text` (a row with a text is a \
            text message). Nothing is scheduled when a row is wrong. Calls are spread: --size of them every --interval \
            seconds, from --at or in two minutes, and only between 9 and 17 where the number is (--hours, --timezone).

            Exit statuses: 0 all are scheduled, 1 some were refused, 64 the file is wrong, 69 the rest waits for the next call.
            """)

    @Argument(help: "The mission's slug; setup-agent gave it an assistant and a number.") var slug: String
    @Option(help: ArgumentHelp("The file; - for standard input.", valueName: "file")) var csv: String
    @Option(help: ArgumentHelp("When the first ones are due, RFC 3339.", valueName: "time")) var at: String?
    @Option(help: ArgumentHelp("How many at once, 1 to 50.", valueName: "count")) var size = 5
    @Option(help: ArgumentHelp("Seconds to the next ones, 10 to 3600.", valueName: "seconds")) var interval =
        90
    @Flag(name: .customLong("dry-run"), help: "Check the file and say how many it has; schedule nothing.")
    var isDryRun = false
    @OptionGroup var rules: AutopilotRules
    @OptionGroup var options: ServiceOptions

    func validate() throws {
        guard (1...50).contains(size) else { throw ValidationError("--size takes 1 to 50.") }
        guard (10...3_600).contains(interval) else {
            throw ValidationError("--interval takes 10 to 3600 seconds.")
        }
        if let at, AppointmentTime(parsing: at) == nil {
            throw ValidationError("--at takes a time like 2026-12-01T15:00:00Z.")
        }
    }

    func run() async throws {
        try await CommandRunner.run {
            let rows = try rows()
            if isDryRun {
                Console.out("\(rows.count) rows are right")
                return .success
            }
            let file = MissionsHome.file(options.settings.home)
            let state = try file.read()
            guard let entry = state[slug] else {
                throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
            }
            guard let assistant = entry.assistantID, let phone = entry.agentPhone else {
                throw MissionFailure.noAgent(slug: slug)
            }
            try rules.apply(to: slug, in: file)
            let start =
                at.flatMap { AppointmentTime(parsing: $0)?.instant } ?? Date.now.addingTimeInterval(120)
            let autopilot = try await options.autopilot { _ in }
            let result = try await autopilot.scheduleBatch(
                rows, of: slug, agent: (assistant, phone),
                pace: BatchPace(start: Int(start.timeIntervalSince1970), size: size, interval: interval)
            ) { done, total in
                if done % size == 0 || done == total { Console.error("\(done) of \(total) …") }
            }
            return tell(result)
        }
    }

    private func tell(_ result: Autopilot.BatchResult) -> ExitStatus {
        if options.json {
            Console.json(result)
        } else {
            Console.out(
                "\(result.scheduled) scheduled, \(result.known) were before, \(result.refused) refused"
                    + (result.undecided > 0 ? ", \(result.undecided) wait for a decision" : "")
                    + (result.last_at.map { "; the last at \($0)" } ?? ""))
        }
        return result.refused + result.undecided == 0 ? .success : .failure
    }

    private func rows() throws -> [BatchRow] {
        let data =
            csv == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: csv)
        guard let data, let text = String(data: data, encoding: .utf8) else {
            throw CommandFailure(.usage, "\(Console.printable(csv)) cannot be read as text.")
        }
        do throws(BatchFile.Fault) {
            return try BatchFile(parsing: text).rows
        } catch {
            for problem in error.problems.dropLast() { Console.error(Console.printable(problem)) }
            throw CommandFailure(
                .usage,
                Console.printable("\(csv): \(error.problems.last ?? "it is wrong"). Nothing was scheduled."))
        }
    }
}
