import ArgumentParser
import ClawdTalkAPI
import Missions

/// Where something is kept, and whether the run's log hears of it.
struct MemoryTarget: ParsableArguments {
    @Argument(help: "The mission's slug; a new one is made.") var slug: String
    @Argument(help: "The key.") var key: String

    @Option(
        help: ArgumentHelp("Also log an event of this step of the run; - for no step.", valueName: "step"))
    var log: String?

    @OptionGroup var options: ServiceOptions

    private static let longestSummary = 200

    /// Changes the memory, then logs when that is wanted.
    /// - Parameter change: returns what there is to say.
    func change(
        _ argument: String, _ change: (inout MissionEntry, JSONValue) -> String
    ) async throws {
        try await CommandRunner.run {
            let file = MissionsHome.file(options.settings.home)
            let value = MissionEntry.value(of: argument)
            let state = try file.read()
            if state[slug] == nil, let closest = state.closest(to: slug) {
                Console.error("note: \(slug) is new; \(closest) is a mission already.")
            }
            var saying = ""
            try file.update(slug) { saying = change(&$0, value) }
            if log != nil { try await logEvent(value, file) }
            if options.json {
                Console.out(
                    JSONValue.members([
                        "slug": .string(slug), "key": .string(key), "logged": .bool(log != nil),
                    ])
                    .prettyText)
            } else {
                Console.out(Console.printable(saying))
            }
            return .success
        }
    }

    private func logEvent(_ value: JSONValue, _ file: MissionsFile) async throws {
        guard let run = try file.read()[slug]?.run else { throw MissionFailure.notStarted(slug: slug) }
        let text = value.string ?? value.compactText
        let event = RunEvent(
            type: "custom", summary: String("\(key): \(text)".prefix(Self.longestSummary)),
            step: log.flatMap { $0.isEmpty || $0 == "-" ? nil : $0 },
            payload: .members(["key": .string(key), "value": value]))
        do {
            try await options.client().logEvent(run, event)
        } catch let failure as RESTFailure {
            throw CommandFailure(failure, "the memory is kept, but not logged")
        }
    }
}
