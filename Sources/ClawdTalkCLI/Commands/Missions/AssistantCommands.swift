import ArgumentParser
import ClawdTalkAPI
import Missions

/// The assistants that make calls and answer texts.
enum AssistantCommands {
    static let all: [any ParsableCommand.Type] = [
        List.self, Create.self, Get.self, Update.self, GetConnection.self,
    ]

    struct Create: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "create-assistant", abstract: "Make an assistant and print its id.")
        static let failure: String? = "the assistant was not made"

        @Argument(help: "Its name.") var name: String
        @Argument(help: "What it is to do, and how.") var instructions: String
        @Argument(help: "What it says first.") var greeting: String?
        @Argument(
            help: ArgumentHelp(
                """
                JSON: an object with features, model, tools, description, voice; or a list of features. It may stand in \
                the greeting's place.
                """, valueName: "options-json"))
        var more: JSONArgument?
        @OptionGroup var options: ServiceOptions

        func validate() throws { _ = try assistant() }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let assistant = try await service.createAssistant(assistant())
            return ServiceAnswer(try assistant.requiredID("id"), json: assistant)
        }

        private func assistant() throws -> NewAssistant {
            try AssistantCommands.assistant(name, instructions, greeting, more)
        }
    }

    /// - Parameter more: options, which may stand in the greeting's place.
    static func assistant(
        _ name: String, _ instructions: String, _ greeting: String?, _ more: JSONArgument?
    ) throws -> NewAssistant {
        var assistant = NewAssistant(name: name, instructions: instructions, greeting: greeting)
        var more = more
        if more == nil, let greeting, greeting.hasPrefix("{") || greeting.hasPrefix("[") {
            assistant.greeting = nil
            more = JSONArgument(argument: greeting)
        }
        guard let json = try more?.value("The argument with the options") else { return assistant }
        do throws(AssistantOptions.Fault) {
            try AssistantOptions(json).apply(to: &assistant)
        } catch {
            throw ValidationError(Console.printable(error.sentence))
        }
        return assistant
    }

    struct Get: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-assistant", abstract: "Show an assistant as JSON.")

        @Argument(help: "The assistant's id.") var assistant: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            .document(try await service.assistant(assistant.text))
        }
    }

    struct Update: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "update-assistant", abstract: "Change members of an assistant.")
        static let failure: String? = "the assistant was not changed"

        @Argument(help: "The assistant's id.") var assistant: Identifier
        @Argument(help: "JSON: an object with the members that change.") var changes: JSONArgument
        @OptionGroup var options: ServiceOptions

        func validate() throws { _ = try changes.value("The argument with the changes") }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let changes = try changes.value("The argument with the changes")
            try await service.updateAssistant(assistant.text, changes)
            return ServiceAnswer(assistant.text, json: .members(["id": .string(assistant.text)]))
        }
    }

    struct GetConnection: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-connection-id",
            abstract: "Print an assistant's connection id, for assign-phone; 1 without one.")

        @Argument(help: "The assistant's id.") var assistant: Identifier
        @Argument(help: "telephony or messaging.") var feature = "telephony"
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            guard let id = try await service.connectionID(of: assistant.text, feature: feature) else {
                throw CommandFailure(
                    .failure,
                    Console.printable(
                        "the assistant has no connection for \(feature). Add it to its enabled_features."))
            }
            return ServiceAnswer(id, json: .members(["connection_id": .string(id)]))
        }
    }
}
