import ArgumentParser
import ClawdTalkAPI
import Missions

/// The telephone numbers of the account.
enum PhoneCommands {
    static let all: [any ParsableCommand.Type] = [List.self, GetAvailable.self, Assign.self]

    struct List: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "list-phones", abstract: "List the numbers as `id: number [available|assigned]`.")

        @Flag(help: "Only those that nobody uses.") var available = false
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let phones = try await service.phones().filter { !available || Self.isAvailable($0) }
            return try ServiceAnswer(phones) {
                let state = Self.isAvailable($0) ? "available" : "assigned"
                return "\(try $0.requiredID("id")): \(try $0.requiredID("phone_number")) [\(state)]"
            }
        }

        private static func isAvailable(_ phone: JSONValue) -> Bool {
            phone["connection_id"]?.isTruthy != true
        }
    }

    struct GetAvailable: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-available-phone", abstract: "Print a number that nobody uses; 1 without one.")

        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            guard let phone = try await service.availablePhone() else {
                throw CommandFailure(
                    .failure, "no number is free. Get one at clawdtalk.com, or take one from an assistant.")
            }
            return ServiceAnswer(try phone.requiredID("phone_number"), json: phone)
        }
    }

    struct Assign: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "assign-phone", abstract: "Let an assistant use a number.")
        static let failure: String? = "the number was not assigned"

        @Argument(help: "The number's id, as list-phones has it.") var phone: Identifier
        @Argument(help: "The assistant's connection id, as get-connection-id has it.") var connection: String
        @Argument(help: "For what: \(Vocabulary.phoneUses.words.joined(separator: " or ")).")
        var type = "voice"
        @OptionGroup var options: ServiceOptions

        func validate() throws {
            try refuseBlank(connection, "The connection id")
            try refuseBlank(type, "The use of the number")
        }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            tellIfUnknown(type, in: .phoneUses)
            try await service.assignPhone(phone.text, to: connection, type: type)
            return ServiceAnswer(
                phone.text,
                json: .members([
                    "id": .string(phone.text), "connection_id": .string(connection), "type": .string(type),
                ]))
        }
    }
}
