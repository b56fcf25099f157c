import ArgumentParser
import Foundation

/// `clawdtalk calls`: the calls that were kept.
struct CallsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "Show the calls that were kept; `\"transcripts\": \"on\"` in skill-config.json keeps them.",
        discussion: "Exit statuses: 0 shown, 1 there is no such call.",
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    /// One call of a list.
    private struct Summary: Encodable {
        let call: String
        let started: String
        let questions: Int
        let longest_wait_seconds: Double
        let outcome: String?
        let duration_seconds: Int?

        init(_ id: String, _ lines: [CallLine]) {
            (call, started) = (id, lines.first?.time ?? "")
            questions = lines.count { $0.event == "asked" }
            longest_wait_seconds = lines.compactMap(\.waited_seconds).max() ?? 0
            let end = lines.last { $0.event == "ended" }
            (outcome, duration_seconds) = (end?.outcome, end?.duration_seconds)
        }

        var text: String {
            let end = outcome.map { ", \(Console.printable($0))" } ?? ""
            let wait = String(format: "%.1f", longest_wait_seconds)
            return
                "\(started)  \(Console.printable(call))  \(questions) questions, longest wait \(wait) s\(end)"
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List them, the newest first.")

        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            try await CommandRunner.run {
                let folder = CallFolder(path: HomeFolder.current.callsPath)
                let calls = folder.entries().map { Summary($0.id, folder.lines(of: $0)) }
                if json {
                    Console.json(calls)
                } else if calls.isEmpty {
                    Console.error("There are none. \"transcripts\": \"on\" in skill-config.json keeps calls.")
                } else {
                    calls.forEach { Console.out($0.text) }
                }
                return .success
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one of them.")

        @Argument(help: "The call, as `calls list` names it.") var id: String
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            try await CommandRunner.run {
                let folder = CallFolder(path: HomeFolder.current.callsPath)
                guard let entry = folder.entries().first(where: { $0.id == id }) else {
                    throw CommandFailure(
                        .failure, "there is no call \(Console.printable(id)). Try: calls list")
                }
                let lines = folder.lines(of: entry)
                if json { Console.json(lines) } else { lines.forEach { Console.out(Self.text($0)) } }
                return .success
            }
        }

        private static func text(_ line: CallLine) -> String {
            let wait = line.waited_seconds.map { String(format: " (after %.1f s)", $0) } ?? ""
            let what = Console.printable(line.text ?? line.outcome ?? "")
            return
                "\(line.time)  \(line.event.padding(toLength: 13, withPad: " ", startingAt: 0))  \(what)\(wait)"
        }
    }
}
