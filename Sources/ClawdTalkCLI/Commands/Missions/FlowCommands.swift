import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions

/// A mission from its beginning to its end, over the service and the state file.
enum FlowCommands {
    static let all: [any ParsableCommand.Type] = [Begin.self, SetUpAgent.self, Complete.self]

    struct Begin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Begin a mission: the mission, a run, its plan; again to go on where it stopped.",
            discussion:
                "Prints the slug, the mission's id and the run's id. The same name goes on with the same mission."
        )

        @Argument(help: "Its name; the slug comes from it.") var name: String
        @Argument(help: "What the agent is to do, and how.") var instructions: String
        @Argument(help: "What the owner asked for, in the owner's words.") var request: String
        @Argument(
            help: ArgumentHelp(
                "JSON: the plan, a list of {\"step_id\", \"description\", \"sequence\"}.",
                valueName: "steps-json"))
        var steps: JSONArgument?
        @OptionGroup var options: ServiceOptions

        func validate() throws {
            if let steps = try steps?.value("The plan"), steps.elements == nil {
                throw ValidationError("The plan is not a list.")
            }
        }

        func run() async throws {
            try await CommandRunner.run {
                let steps = try steps?.value("The plan")
                let begun = try await options.missionDesk().begin(
                    MissionDesk.Beginning(
                        name: name, instructions: instructions, request: request, steps: steps))
                if let other = begun.otherName {
                    Console.error(
                        Console.printable("note: \(begun.slug) was begun with the name \"\(other)\"."))
                }
                let word = begun.isResumed ? "resumed" : "begun"
                ServiceAnswer(
                    ["\(word) \(begun.slug)", "mission \(begun.run.mission)", "run \(begun.run.run)"],
                    json: .members([
                        "slug": .string(begun.slug), "mission_id": .string(begun.run.mission),
                        "run_id": .string(begun.run.run), "resumed": .bool(begun.isResumed),
                    ])
                ).show(asJSON: options.json)
                return .success
            }
        }
    }

    struct SetUpAgent: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "setup-agent",
            abstract: "Give a mission its assistant, linked to the run, with a telephone number of its own.",
            discussion: "What is there is used, what is missing is made: run it again after a failure.")

        @Argument(help: "The mission's slug.") var slug: String
        @Argument(help: "The assistant's name.") var name: String
        @Argument(help: "What it is to do in a call.") var instructions: String
        @Argument(help: "What it says first.") var greeting: String?
        @Argument(
            help: ArgumentHelp(
                "JSON: an object with model, voice, tools, features, description.", valueName: "options-json")
        )
        var more: JSONArgument?
        @Flag(help: "Make the slug when it is not known.") var create = false
        @OptionGroup var options: ServiceOptions

        func validate() throws { _ = try assistant() }

        func run() async throws {
            try await CommandRunner.run {
                let agent = try await options.missionDesk().setUpAgent(slug, assistant(), mayCreate: create)
                ServiceAnswer(
                    ["assistant \(agent.assistant)"] + (agent.run.map { ["linked to run \($0.run)"] } ?? [])
                        + ["number \(agent.phone)"],
                    json: .members([
                        "assistant_id": .string(agent.assistant), "run_id": agent.run.map { .string($0.run) },
                        "phone_number": .string(agent.phone),
                    ])
                ).show(asJSON: options.json)
                return .success
            }
        }

        private func assistant() throws -> NewAssistant {
            try AssistantCommands.assistant(name, instructions, greeting, more)
        }
    }

    struct Complete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "complete",
            abstract: "End a run as succeeded and move the mission with its memory into the archive.")

        @Argument(help: "The mission's slug.") var slug: String
        @OptionGroup var place: RunArguments
        @Argument(help: "What came of it.") var summary: String
        @Argument(help: ArgumentHelp("JSON: the results.", valueName: "payload-json")) var payload:
            JSONArgument?
        @Flag(help: "End the run also when the slug is not known.") var create = false
        @Flag(help: "Leave calls and texts alone that are still scheduled.") var keepCalls = false
        @OptionGroup var options: ServiceOptions

        func validate() throws { _ = try payload?.value("The payload") }

        func run() async throws {
            try await CommandRunner.run {
                let desk = try await options.missionDesk()
                // What still has to reach the service would be forgotten in the archive.
                if try desk.file.read()[slug]?.run != nil {
                    try await options.autopilot { Console.error(Console.printable($0)) }.flush(slug)
                }
                let archived = try await desk.complete(
                    slug, place.path, summary: summary, payload: payload?.value("The payload"),
                    mayBeUnknown: create, keepsCalls: keepCalls)
                if let archived, !options.json {
                    Console.error(Console.printable("Its memory is kept: missions get-memory \(archived)"))
                }
                ServiceAnswer(
                    place.run.text,
                    json: .members([
                        "run_id": .string(place.run.text), "status": "succeeded",
                        "archived_as": archived.map { .string($0) } ?? .null,
                    ])
                ).show(asJSON: options.json)
                return .success
            }
        }
    }
}
