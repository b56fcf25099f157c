import ArgumentParser
import ClawdTalkAPI
import Missions

/// The log of a run, and what was learnt in its conversations.
enum EventCommands {
    static let all: [any ParsableCommand.Type] = [Log.self, List.self, Insights.self]

    struct Log: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "log-event", abstract: "Write something that happened into the log of a run.")
        static let failure: String? = "the event was not logged"

        @OptionGroup var place: RunArguments
        @Argument(help: "One of: \(Vocabulary.eventTypes.words.joined(separator: ", ")).") var type: String
        @Argument(help: "What happened, in a sentence.") var summary: String
        @Argument(help: "The step it belongs to, or - for none.") var step: String
        @Argument(help: "More about it; any JSON.") var payload: JSONArgument?
        @OptionGroup var options: ServiceOptions

        func validate() throws {
            try refuseBlank(type, "The event type")
            guard !step.hasPrefix("{"), !step.hasPrefix("[") else {
                throw ValidationError(
                    "The step id was forgotten: write it, or - for none, in front of the payload.")
            }
            _ = try payload?.value("The payload")
        }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            tellIfUnknown(type, in: .eventTypes)
            let step = step.isEmpty || step == "-" ? nil : step
            try await service.logEvent(
                place.path,
                RunEvent(
                    type: type, summary: summary, step: step, payload: try payload?.value("The payload")))
            return ServiceAnswer(
                summary,
                json: .members([
                    "type": .string(type), "summary": .string(summary), "step_id": step.map { .string($0) },
                ]))
        }
    }

    struct List: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "list-events", abstract: "List the log of a run as `[type] summary`.")

        @OptionGroup var place: RunArguments
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            ServiceAnswer(try await service.events(place.path)) {
                "[\($0["type"]?.string ?? "unknown")] \($0["summary"]?.string ?? "")"
            }
        }
    }

    struct Insights: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-insights",
            abstract: "Print what was learnt from a conversation; nothing while that is being worked out.")

        @Argument(help: "The conversation's id.") var conversation: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            ServiceAnswer(try await service.insights(of: conversation.text)) { $0.string ?? $0.compactText }
        }
    }
}
