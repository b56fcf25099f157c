import ArgumentParser
import Foundation
import Missions

/// When and how often people are called again; kept with the mission.
struct AutopilotRules: ParsableArguments {
    @Option(help: ArgumentHelp("When people may be called; 9-17 without it.", valueName: "from-to"))
    var hours: String?
    @Option(help: ArgumentHelp("The time zone of these hours; by the number without it.", valueName: "zone"))
    var timezone: String?
    @Option(help: ArgumentHelp("How often a number is tried again; 3 without it.", valueName: "count"))
    var retries: Int?

    func validate() throws {
        if let hours, BusinessHours(parsing: hours, zones: []) == nil {
            throw ValidationError("--hours takes two times of a day, like 9-17 or 8:30-18.")
        }
        if let timezone, TimeZone(identifier: timezone) == nil {
            throw ValidationError("--timezone takes the name of a zone, like America/Chicago.")
        }
        if let retries, !(0...20).contains(retries) { throw ValidationError("--retries takes 0 to 20.") }
    }

    /// Keeps what was given with a mission that is known.
    func apply(to slug: String, in file: MissionsFile) throws {
        guard hours != nil || timezone != nil || retries != nil, try file.read()[slug] != nil else { return }
        try file.update(slug) { entry in
            var record = try entry.autopilot()
            record.hours = hours ?? record.hours
            record.timezone = timezone ?? record.timezone
            record.retries = retries ?? record.retries
            entry.set(record)
        }
    }
}
