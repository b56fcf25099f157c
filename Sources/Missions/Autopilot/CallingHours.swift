import Foundation

extension BusinessHours {
    /// The hours of the people at a number: 9-17 where they are, unless it is told otherwise.
    /// - Parameters:
    ///   - hours: such as `8-20`; what cannot be read counts as not told.
    ///   - timezone: the name of a zone, such as `Europe/Berlin`.
    package static func of(_ number: String, hours: String?, timezone: String?) -> BusinessHours {
        let zones =
            timezone.flatMap(TimeZone.init(identifier:)).map { [$0] } ?? CalleeTimeZones.zones(of: number)
        return hours.flatMap { BusinessHours(parsing: $0, zones: zones) } ?? BusinessHours(zones: zones)
    }
}
