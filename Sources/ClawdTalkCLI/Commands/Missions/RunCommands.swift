import ArgumentParser
import ClawdTalkAPI
import Missions

/// The runs of a mission.
enum RunCommands {
    static let all: [any ParsableCommand.Type] = [Create.self, Get.self, Update.self, List.self]

    struct Create: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "create-run", abstract: "Make a run of a mission and print its id.")
        static let failure: String? = "the run was not made"

        @Argument(help: "The mission's id.") var mission: Identifier
        @Argument(help: "What the run works on; any JSON.") var input: JSONArgument
        @OptionGroup var options: ServiceOptions

        func validate() throws { _ = try input.value("The input") }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let run = try await service.createRun(of: mission.text, input: input.value("The input"))
            return ServiceAnswer(try run.requiredID("run_id", "id"), json: run)
        }
    }

    struct Get: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-run", abstract: "Show a run as JSON.")

        @OptionGroup var place: RunArguments
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            .document(try await service.run(place.path))
        }
    }

    struct Update: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "update-run", abstract: "Set the status of a run.")
        static let failure: String? = "the run was not changed"

        @OptionGroup var place: RunArguments
        @Argument(help: "One of: \(Vocabulary.runStatuses.words.joined(separator: ", ")).") var status: String
        @OptionGroup var options: ServiceOptions

        func validate() throws { try refuseBlank(status, "The status") }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            tellIfUnknown(status, in: .runStatuses)
            try await service.updateRun(place.path, .members(["status": .string(status)]))
            return ServiceAnswer(
                "\(place.run.text), \(status)",
                json: .members(["run_id": .string(place.run.text), "status": .string(status)]))
        }
    }

    struct List: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "list-runs", abstract: "List the runs of a mission as `id: status`.")

        @Argument(help: "The mission's id.") var mission: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try ServiceAnswer(await service.runs(of: mission.text)) {
                "\(try $0.requiredID("run_id", "id")): \($0["status"]?.string ?? "unknown")"
            }
        }
    }
}
