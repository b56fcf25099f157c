import ArgumentParser
import ClawdTalkAPI
import Foundation
import Missions

/// Who calls or texts whom, and when.
struct AppointmentArguments: ParsableArguments {
    @Argument(help: "The assistant's id.") var assistant: Identifier
    @Argument(help: "The callee's number, such as +13125550101.") var to: TelephoneNumber
    @Argument(help: "The account's number.") var from: TelephoneNumber
    @Argument(help: "When, as in 2026-12-01T15:00:00Z or 2026-12-01T09:00:00-06:00.") var datetime: String

    func validate() throws { _ = try time() }

    func appointment() -> NewAppointment {
        NewAppointment(assistant: assistant.text, to: to.text, from: from.text, scheduledAt: datetime)
    }

    func time() throws -> AppointmentTime {
        guard let time = AppointmentTime(parsing: datetime) else {
            throw ValidationError(
                "The time is not a date and time with a zone. Write it like 2026-12-01T15:00:00Z.")
        }
        return time
    }
}
