package import Foundation

/// Where the clock of the one who is called may stand, by the telephone number.
package enum CalleeTimeZones {
    /// All zones that the number can be in, by its country, in North America by its area code; none when that is not
    /// known (satellites, world-wide services). Mobile numbers travel: it is where they come from.
    /// - Parameter number: digits with `+` in front; ten digits without it are taken as North American.
    package static func zones(of number: String) -> [TimeZone] {
        let digits = number.filter { ("0"..."9").contains($0) }
        if digits.count == 10, !number.hasPrefix("+"), let first = digits.first, first >= "2" {
            return AreaCodeTimeZones.zones(of: digits.prefix(3))
        }
        if digits.hasPrefix("1") { return AreaCodeTimeZones.zones(of: digits.dropFirst().prefix(3)) }
        // No code begins with another one, but for +7, which two countries share.
        for length in [3, 2, 1] {
            if let zones = CountryTimeZones.table[String(digits.prefix(length))] { return zones }
        }
        return []
    }
}
