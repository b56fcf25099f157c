import ArgumentParser
import ClawdTalkAPI

/// Calls and texts at a time; the service calls them events of an assistant.
enum AppointmentCommands {
    static let all: [any ParsableCommand.Type] = [
        ScheduleCall.self, ScheduleSMS.self, Get.self, List.self, Cancel.self,
    ]

    struct Get: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "get-event", abstract: "Show how a scheduled call or text went.")

        @Argument(help: "The assistant's id.") var assistant: Identifier
        @Argument(help: "The event's id.") var event: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let event = try await service.appointment(event.text, of: assistant.text)
            var parts = ["Status: \(event["status"]?.string ?? "unknown")"]
            for name in ["call_status", "conversation_id"] {
                if let value = event[name]?.identifier { parts.append("\(name): \(value)") }
            }
            if let count = event["retry_count"]?.integer, count > 0 { parts.append("retry_count: \(count)") }
            return ServiceAnswer(parts.joined(separator: ", "), json: event)
        }
    }

    struct List: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "list-events-assistant",
            abstract: "List an assistant's calls and texts as `id: status, call_status=...`.")

        @Argument(help: "The assistant's id.") var assistant: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try ServiceAnswer(await service.appointments(of: assistant.text)) {
                let call = $0["call_status"]?.identifier.map { ", call_status=\($0)" } ?? ""
                return "\(try $0.requiredID("id")): \($0["status"]?.string ?? "unknown")\(call)"
            }
        }
    }

    struct Cancel: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "cancel-scheduled-event", abstract: "Call a scheduled call or text off.")
        static let failure: String? = "it was not called off"

        @Argument(help: "The assistant's id.") var assistant: Identifier
        @Argument(help: "The event's id.") var event: Identifier
        @OptionGroup var options: ServiceOptions

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try await service.cancelAppointment(event.text, of: assistant.text)
            return ServiceAnswer(event.text, json: .members(["id": .string(event.text)]))
        }
    }
}
