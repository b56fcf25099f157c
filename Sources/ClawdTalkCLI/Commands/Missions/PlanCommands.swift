import ArgumentParser
import ClawdTalkAPI
import Missions

/// The plan of a run, and its steps.
enum PlanCommands {
    static let all: [any ParsableCommand.Type] = [Create.self, Get.self, UpdateStep.self]

    struct Create: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "create-plan", abstract: "Give a run its plan and print the number of steps.")
        static let failure: String? = "the plan was not made"

        @OptionGroup var place: RunArguments
        @Argument(help: "JSON: a list of objects with step_id, description and sequence.")
        var steps: JSONArgument
        @OptionGroup var options: ServiceOptions

        func validate() throws { _ = try steps.value("The list of steps") }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let steps = try steps.value("The list of steps")
            try await service.createPlan(place.path, steps: steps)
            // What a plan may be is the service's to say.
            let count = steps.elements?.count ?? steps.members.count
            return ServiceAnswer(
                "\(count)",
                json: .members(["run_id": .string(place.run.text), "steps": .number("\(count)")]))
        }
    }

    struct Get: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-plan", abstract: "Show the plan of a run as JSON.")

        @OptionGroup var place: RunArguments
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            .document(try await service.plan(place.path))
        }
    }

    struct UpdateStep: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "update-step", abstract: "Set the status of a step.")
        static let failure: String? = "the step was not changed"

        @OptionGroup var place: RunArguments
        @Argument(help: "The step's id.") var step: Identifier
        @Argument(help: "One of: \(Vocabulary.stepStatuses.words.joined(separator: ", ")).")
        var status: String
        @OptionGroup var options: ServiceOptions

        func validate() throws { try refuseBlank(status, "The status") }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            tellIfUnknown(status, in: .stepStatuses)
            try await service.updateStep(place.path, step.text, status: status)
            return ServiceAnswer(
                "\(step.text), \(status)",
                json: .members(["step_id": .string(step.text), "status": .string(status)]))
        }
    }
}
