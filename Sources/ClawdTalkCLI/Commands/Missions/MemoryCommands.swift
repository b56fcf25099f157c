import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions

/// A mission's memory: in the state file of this machine, unless `--log` tells the service too.
enum MemoryCommands {
    static let all: [any ParsableCommand.Type] = [Save.self, Append.self, Get.self]

    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "save-memory",
            abstract: "Keep a value under a key; JSON when it is JSON, else the text itself.",
            discussion:
                "The memory is local; with --log STEP the web page shows it too, as an event of the run.")

        @OptionGroup var target: MemoryTarget
        @Argument(help: "The value.") var value: String

        func run() async throws {
            try await target.change(value) { entry, value in
                entry.save(value, under: target.key, at: .now)
                return "saved \(target.key)"
            }
        }
    }

    struct Append: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "append-memory",
            abstract: "Add an item to the list under a key; what was there becomes the list's first item.",
            discussion:
                "The memory is local; with --log STEP the web page shows it too, as an event of the run.")

        @OptionGroup var target: MemoryTarget
        @Argument(help: "The item; JSON when it is JSON, else the text itself.") var item: String

        func run() async throws {
            try await target.change(item) { entry, item in
                "\(target.key) has \(entry.append(item, under: target.key, at: .now)) items"
            }
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "get-memory", abstract: "Show what is kept under a key, or all of it.")

        @Argument(help: "The mission's slug.") var slug: String
        @Argument(help: "The key; without it all of the memory.") var key: String?
        @Flag(help: "Print one JSON document, texts in quotes too.") var json = false

        func run() async throws {
            try await CommandRunner.run {
                let memory = try KnownMission.read(slug).memory
                let isWhole = key.map(\.isEmpty) ?? true
                guard let value = isWhole ? memory : memory[key ?? ""], value != .null else {
                    throw CommandFailure(.failure, "nothing is kept under \(Console.printable(key ?? "")).")
                }
                Console.out(json ? value.prettyText : value.string ?? value.prettyText)
                return .success
            }
        }
    }
}
