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

extension AutopilotRecord {
    /// Brings back what a clock that went back has put further away than it could ever have been: it would wait for as long
    /// as the clock was wrong. The times of appointments are the service's, and stay.
    mutating func correctTimes(now: Int) {
        pausedUntil = min(pausedUntil, now + LookPace.longestPause)
        (discoveredAt, settledAt) = (discoveredAt.map { min($0, now) }, settledAt.map { min($0, now) })
        for index in tidings.indices {
            tidings[index].nextTry = min(tidings[index].nextTry, now + LookPace.longestOwnPause)
        }
        for index in appointments.indices where !appointments[index].isSettled {
            let latest = max(appointments[index].due ?? now, now) + LookPace.longestUntilLook
            appointments[index].nextLook = min(appointments[index].nextLook, latest)
        }
    }
}

extension BusinessHours {
    /// Unix time.
    func next(from seconds: Int) -> Int {
        Int(next(from: Date(timeIntervalSince1970: Double(seconds))).timeIntervalSince1970.rounded(.up))
    }
}
