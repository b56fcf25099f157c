import Foundation

/// The times of appointments: RFC 3339.
enum AppointmentTime {
    static func date(_ text: String) -> Date? {
        let plain = Date.ISO8601FormatStyle()
        return (try? plain.parse(text)) ?? (try? plain.time(includingFractionalSeconds: true).parse(text))
    }

    /// Unix time.
    static func seconds(_ text: String) -> Int? { date(text).map { Int($0.timeIntervalSince1970) } }

    static func text(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
