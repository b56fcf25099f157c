import ArgumentParser
import ClawdTalkAPI
import Missions

extension AppointmentCommands {
    /// Schedules, and lets a mission that is known here follow it.
    private static func schedule(
        _ appointment: NewAppointment, _ service: ServiceClient, _ options: ServiceOptions
    ) async throws -> ServiceAnswer {
        let event = try await service.schedule(appointment)
        let id = try event.requiredID("id")
        do {
            try MissionsHome.file(options.settings.home).follow(appointment, id: id)
        } catch {
            // The autopilot finds it at the service too.
            Console.error(Console.printable("note: the mission's state was not changed: \(error)"))
        }
        return ServiceAnswer(id, json: event)
    }

    struct ScheduleCall: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "schedule-call",
            abstract: "Let an assistant call somebody at a time, and print the event's id.")
        static let failure: String? = "the call was not scheduled"

        @OptionGroup var what: AppointmentArguments
        @Argument(help: "The mission it belongs to; then the run, too.") var mission: String?
        @Argument(help: ArgumentHelp("The run it belongs to.", valueName: "run")) var runID: String?
        @Argument(help: "The step it belongs to.") var step: String?
        @OptionGroup var callingHours: CallingHours
        @OptionGroup var options: ServiceOptions

        func validate() throws {
            guard (mission ?? "").isEmpty == (runID ?? "").isEmpty else {
                throw ValidationError("A call of a mission needs the mission's id and the run's id.")
            }
        }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try callingHours.check(what.time(), callee: what.to.text)
            var call = what.appointment()
            (call.mission, call.run, call.step) = (mission, runID, step)
            return try await AppointmentCommands.schedule(call, service, options)
        }
    }

    struct ScheduleSMS: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "schedule-sms",
            abstract: "Let an assistant text somebody at a time, and print the event's id.")
        static let failure: String? = "the text was not scheduled"

        @OptionGroup var what: AppointmentArguments
        @Argument(help: "The words of the text.") var text: String
        @Argument(help: "The mission it belongs to.") var mission: String?
        @Argument(help: ArgumentHelp("The run it belongs to.", valueName: "run")) var runID: String?
        @Argument(help: "The step it belongs to.") var step: String?
        @OptionGroup var callingHours: CallingHours
        @OptionGroup var options: ServiceOptions

        func validate() throws { try refuseBlank(text, "The text") }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            try callingHours.check(what.time(), callee: what.to.text)
            var message = what.appointment()
            (message.text, message.mission, message.run, message.step) = (text, mission, runID, step)
            return try await AppointmentCommands.schedule(message, service, options)
        }
    }
}
