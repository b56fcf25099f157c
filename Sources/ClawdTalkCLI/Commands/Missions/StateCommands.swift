import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions

/// What this machine knows of missions; nothing is asked of the service.
enum StateCommands {
    static let all: [any ParsableCommand.Type] = [List.self, Get.self, Remove.self]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list-state",
            abstract: "List the missions that are known here: `slug: name [status]`.")

        @Flag(help: "List those in the archive.") var archived = false
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            try await CommandRunner.run {
                let file = MissionsHome.file(.current)
                let state = try (archived ? file.archive : file).read()
                if json {
                    Console.out(state.json.prettyText)
                } else if state.slugs.isEmpty {
                    Console.error("There are none. Begin one: missions init")
                }
                guard !json else { return .success }
                for slug in state.slugs {
                    let entry = state[slug] ?? MissionEntry()
                    let line = "\(slug): \(entry.missionName ?? "unnamed") [\(entry.status ?? "unknown")]"
                    Console.out(Console.printable(line))
                }
                return .success
            }
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "get-state", abstract: "Show all that is known of a mission, as JSON.")

        @Argument(help: "The mission's slug, as list-state shows it.") var slug: String
        @Flag(help: "It is JSON anyway; taken so that all commands do.") var json = false

        func run() async throws {
            try await CommandRunner.run {
                Console.out(try KnownMission.read(slug).json.prettyText)
                return .success
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove-state",
            abstract: "Move a mission and its memory into the archive; one that is there is deleted for good."
        )

        @Argument(help: "The mission's slug.") var slug: String
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            try await CommandRunner.run {
                let file = MissionsHome.file(.current)
                let lock = try await file.roundLock()
                defer { withExtendedLifetime(lock) {} }
                let archived = try file.archive(slug, at: .now)
                if archived == nil {
                    try file.archive.update { state in
                        guard state[slug] != nil else {
                            throw MissionFailure.unknown(
                                slug: slug,
                                closest: try file.read().closest(to: slug) ?? state.closest(to: slug))
                        }
                        state[slug] = nil
                    }
                }
                let fate = archived.map { "moved into the archive as \($0)" } ?? "deleted from the archive"
                if json {
                    Console.out(
                        JSONValue.members([
                            "slug": .string(slug), "archived_as": archived.map { .string($0) } ?? .null,
                        ])
                        .prettyText)
                } else {
                    Console.out(Console.printable("\(slug): \(fate)"))
                }
                return .success
            }
        }
    }
}
