import Foundation

/// RFC 3339 and Unix time in seconds, as the autopilot reckons.
extension AppointmentTime {
    static func seconds(_ text: String) -> Int? {
        AppointmentTime(parsing: text).map { Int($0.instant.timeIntervalSince1970) }
    }

    static func text(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
