import ArgumentParser
import ClawdTalkAPI

/// The assistants that work for a run.
enum AgentCommands {
    static let all: [any ParsableCommand.Type] = [Link.self, List.self, Unlink.self]

    struct Link: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "link-agent", abstract: "Let an assistant work for a run.")
        static let failure: String? = "the assistant was not linked"

        @OptionGroup var place: RunArguments
        @Argument(help: "The assistant's id.") var assistant: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try await service.linkAgent(place.path, assistant.text)
            return pair(assistant, place)
        }
    }

    struct List: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "list-linked-agents", abstract: "List the ids of a run's assistants.")

        @OptionGroup var place: RunArguments
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try ServiceAnswer(await service.linkedAgents(place.path)) {
                try $0.requiredID("telnyx_agent_id")
            }
        }
    }

    struct Unlink: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "unlink-agent", abstract: "Take an assistant away from a run.")
        static let failure: String? = "the assistant was not unlinked"

        @OptionGroup var place: RunArguments
        @Argument(help: "The assistant's id.") var assistant: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try await service.unlinkAgent(place.path, assistant.text)
            return pair(assistant, place)
        }
    }

    private static func pair(_ assistant: Identifier, _ place: RunArguments) -> ServiceAnswer {
        ServiceAnswer(
            "\(assistant.text), \(place.run.text)",
            json: .members([
                "telnyx_agent_id": .string(assistant.text), "run_id": .string(place.run.text),
            ]))
    }
}
