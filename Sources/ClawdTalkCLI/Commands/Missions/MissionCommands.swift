import ArgumentParser
import ClawdTalkAPI

/// Missions.
enum MissionCommands {
    static let all: [any ParsableCommand.Type] = [Create.self, Get.self, List.self]

    struct Create: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "create-mission", abstract: "Make a mission and print its id.")
        static let failure: String? = "the mission was not made"

        @Argument(help: "Its name.") var name: String
        @Argument(help: "What is to be reached.") var instructions: String
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let mission = try await service.createMission(name: name, instructions: instructions)
            return ServiceAnswer(try mission.requiredID("id", "mission_id"), json: mission)
        }
    }

    struct Get: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-mission", abstract: "Show a mission as JSON.")

        @Argument(help: "The mission's id.") var mission: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            .document(try await service.mission(mission.text))
        }
    }

    struct List: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "list-missions", abstract: "List all missions as `id: name`.")

        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try ServiceAnswer(await service.missions()) {
                "\(try $0.requiredID("id", "mission_id")): \($0["name"]?.string ?? "unnamed")"
            }
        }
    }
}
