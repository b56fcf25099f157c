package import Foundation

/// The dates of HTTP (RFC 9110 §5.6.7).
package enum HTTPDate {
    /// Such as "Sun, 06 Nov 1994 08:49:37 GMT"; nil for anything else.
    package static func date(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text)
    }
}
