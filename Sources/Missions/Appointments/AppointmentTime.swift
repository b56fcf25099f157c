package import Foundation

/// The time of a call or a text (RFC 3339 §5.6): a date of the calendar, `T` or a blank, a time, and `Z` or an offset.
/// Leap seconds are refused: none is known ahead.
package struct AppointmentTime: Equatable, Sendable {
    /// As it was written.
    package let text: String
    package let instant: Date

    /// - Returns: nil when the text is not such a time.
    package init?(parsing text: String) {
        let form =
            #/
            ([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt\ ]
            ([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?
            ([Zz]|[+\-][0-9]{2}:[0-9]{2})
            /#
        guard let parts = text.wholeMatch(of: form)?.output,
            let offset = Self.offsetSeconds(parts.8), let zone = TimeZone(secondsFromGMT: 0)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let components = DateComponents(
            calendar: calendar, timeZone: zone, year: Int(parts.1), month: Int(parts.2), day: Int(parts.3),
            hour: Int(parts.4), minute: Int(parts.5), second: Int(parts.6))
        guard components.isValidDate, let local = components.date else { return nil }
        let fraction = parts.7.flatMap { Double("0" + $0) } ?? 0
        (self.text, instant) = (text, local.addingTimeInterval(fraction - Double(offset)))
    }

    private static func offsetSeconds(_ text: Substring) -> Int? {
        guard text.count == 6 else { return 0 }
        guard let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)), hours < 24,
            minutes < 60
        else { return nil }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes) * 60
    }
}
