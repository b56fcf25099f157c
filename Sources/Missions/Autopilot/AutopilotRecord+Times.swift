import Foundation

/// When people are called.
extension AutopilotRecord {
    /// So many at once, and seconds until the next ones.
    private static let slotSize = 5
    private static let slotSeconds = 60

    /// When a number may be called.
    package func callingHours(of number: String) -> BusinessHours {
        BusinessHours.of(number, hours: hours, timezone: timezone)
    }

    /// RFC 3339: the first time from `seconds` on at which the number may be called and not too many others are.
    func time(to number: String, notBefore seconds: Int) -> String {
        let hours = callingHours(of: number)
        let others = unsettled.compactMap(\.due)
        var time = hours.next(from: seconds)
        while others.count(where: { abs($0 - time) < Self.slotSeconds }) >= Self.slotSize {
            time = hours.next(from: time + Self.slotSeconds)
        }
        return AppointmentTime.text(time)
    }
}

extension BusinessHours {
    /// Unix time.
    func next(from seconds: Int) -> Int {
        Int(next(from: Date(timeIntervalSince1970: Double(seconds))).timeIntervalSince1970.rounded(.up))
    }
}
