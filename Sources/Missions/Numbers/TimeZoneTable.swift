import Foundation

/// Reads the tables of codes and zones.
enum TimeZoneTable {
    /// - Parameter text: lines of names with commas between them, `:`, and the codes that have these zones.
    static func read(_ text: String) -> [String: [TimeZone]] {
        var table: [String: [TimeZone]] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let zones = parts[0].split(separator: ",").compactMap {
                TimeZone(identifier: $0.trimmingCharacters(in: .whitespaces))
            }
            for code in parts[1].split(separator: " ") { table[String(code)] = zones }
        }
        return table
    }
}
