package import Foundation

/// The hours of every day in which people may be called, in the time zones where they may be.
///
/// A time is inside when it is so in all of the zones; where the zones are so far apart that no time could be, one of
/// them is enough. Without zones every time is inside.
package struct BusinessHours: Equatable, Sendable {
    package let zones: [TimeZone]
    /// Minutes of the day: the first one inside, and the first one that is no longer.
    private let opening: Int
    private let closing: Int

    private static let minutesOfDay = 24 * 60

    /// 9-17.
    package init(zones: [TimeZone]) { (self.zones, opening, closing) = (zones, 9 * 60, 17 * 60) }

    /// - Parameter text: from-to, such as `9-17`, `08:30-17:45` or `0-24`.
    /// - Returns: nil when it is not that, or does not end later than it begins.
    package init?(parsing text: String, zones: [TimeZone]) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard parts.count == 2, let opening = parts[0], let closing = parts[1], opening < closing else {
            return nil
        }
        (self.zones, self.opening, self.closing) = (zones, opening, closing)
    }

    private static func minute(_ text: Substring) -> Int? {
        guard let match = text.wholeMatch(of: /([0-9]{1,2})(?::([0-9]{2}))?/),
            let hour = Int(match.output.1), let minute = Int(match.output.2 ?? "0"), minute < 60,
            hour * 60 + minute <= minutesOfDay
        else { return nil }
        return hour * 60 + minute
    }

    /// As `9-17` or `8:30-17:45`.
    package var text: String {
        [opening, closing].map { minute in
            let rest = minute % 60
            return "\(minute / 60)" + (rest == 0 ? "" : ":" + (rest < 10 ? "0" : "") + "\(rest)")
        }
        .joined(separator: "-")
    }

    package func contains(_ instant: Date) -> Bool {
        let minutes = zones.map { Self.minuteOfDay(instant, in: $0) }
        if minutes.allSatisfy(isInside) { return true }
        guard minutes.contains(where: isInside) else { return false }
        // When hours of the same length share a time, they share the opening of one of them.
        let canShare = minutes.contains { opened in
            minutes.allSatisfy { isInside(Self.minute(opening + $0 - opened)) }
        }
        return !canShare
    }

    /// The same instant when it is inside, else the next opening.
    package func next(from instant: Date) -> Date {
        guard !contains(instant) else { return instant }
        // Hours begin, and clocks are changed, at whole minutes.
        var minute = (instant.timeIntervalSinceReferenceDate / 60).rounded(.up)
        while true {
            let candidate = Date(timeIntervalSinceReferenceDate: minute * 60)
            if contains(candidate) { return candidate }
            minute += 1
        }
    }

    private func isInside(_ minute: Int) -> Bool { (opening..<closing).contains(minute) }

    private static func minuteOfDay(_ instant: Date, in zone: TimeZone) -> Int {
        let seconds = instant.timeIntervalSinceReferenceDate.rounded(.down)
        return minute(Int((seconds / 60).rounded(.down)) + zone.secondsFromGMT(for: instant) / 60)
    }

    /// Of some day, whichever it is.
    private static func minute(_ minutes: Int) -> Int {
        (minutes % minutesOfDay + minutesOfDay) % minutesOfDay
    }
}
