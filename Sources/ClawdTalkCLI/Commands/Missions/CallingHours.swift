import ArgumentParser
import Foundation
import Missions

/// When the callee may be called, and what is done about other times.
struct CallingHours: ParsableArguments {
    @Option(help: ArgumentHelp("The callee's business hours.", valueName: "from-to")) var hours = "9-17"
    @Option(help: ArgumentHelp("The callee's time zone; by the number without it.", valueName: "zone"))
    var timezone: String?
    @Flag(help: "Refuse other times in place of a warning.") var strict = false

    func validate() throws {
        guard BusinessHours(parsing: hours, zones: []) != nil else {
            throw ValidationError("--hours takes two times of a day, like 9-17 or 8:30-18.")
        }
        guard timezone.map({ TimeZone(identifier: $0) != nil }) ?? true else {
            throw ValidationError("--timezone takes the name of a zone, like America/Chicago.")
        }
    }

    /// Says on standard error what speaks against the time. - Throws: ``CommandFailure`` with `--strict`.
    func check(_ time: AppointmentTime, callee: String) throws {
        let zones = timezone.map { [TimeZone(identifier: $0)].compactMap { $0 } }
        let zonesOfCallee = zones ?? CalleeTimeZones.zones(of: callee)
        guard let hours = BusinessHours(parsing: hours, zones: zonesOfCallee),
            let warning = AppointmentWarning(time, hours: hours, now: .now)
        else { return }
        guard !strict else {
            throw CommandFailure(.usage, "\(warning.text); nothing was sent. Choose another time.")
        }
        Console.error("warning: \(warning.text)")
    }
}
