package import Foundation

/// What speaks against calling or texting somebody at a time.
package struct AppointmentWarning: Equatable, Sendable {
    /// Without a period at its end.
    package let text: String

    private static let shortestLead: TimeInterval = 60

    /// - Parameter hours: in the zones where the callee may be; without zones that is the warning.
    /// - Returns: nil when nothing speaks against it.
    package init?(_ time: AppointmentTime, hours: BusinessHours, now: Date) {
        var concerns: [String] = []
        if time.instant < now {
            concerns.append("is in the past")
        } else if time.instant < now.addingTimeInterval(Self.shortestLead) {
            concerns.append("is less than a minute ahead")
        }
        if hours.zones.isEmpty {
            concerns.append("may be at any hour there: the time zone of the number is not known")
        } else if !hours.contains(time.instant) {
            let clocks = hours.zones.map { Self.clock(at: time.instant, in: $0) }
            concerns.append("is outside \(hours.text) at the callee's (\(clocks.joined(separator: ", ")))")
        }
        guard !concerns.isEmpty else { return nil }
        text = time.text + " " + concerns.joined(separator: " and ")
    }

    private static func clock(at instant: Date, in zone: TimeZone) -> String {
        let seconds = instant.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: instant))
        let minute = (Int((seconds / 60).rounded(.down)) % 1440 + 1440) % 1440
        let digits = [minute / 60, minute % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }
        return "\(digits.joined(separator: ":")) in \(zone.identifier)"
    }
}
