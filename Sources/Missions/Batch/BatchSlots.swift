import Foundation

/// The times of a batch, row after row: never more at one time than its pace says, also where many have to wait for the
/// same opening.
struct BatchSlots {
    private let pace: BatchPace
    /// How many have each time.
    private var counts: [Int: Int] = [:]
    /// Where those with the same hours go on.
    private var places: [BusinessHours.Key: Int] = [:]

    init(_ pace: BatchPace) { self.pace = pace }

    /// - Returns: the Unix time of the next row whose callee has these hours.
    mutating func next(in hours: BusinessHours) -> Int {
        var time = places[hours.key] ?? hours.next(from: pace.start)
        while counts[time, default: 0] >= pace.size { time = hours.next(from: time + pace.interval) }
        counts[time, default: 0] += 1
        places[hours.key] = time
        return time
    }
}

extension BusinessHours {
    struct Key: Hashable {
        let hours: String
        let zones: [String]
    }

    var key: Key { Key(hours: text, zones: zones.map(\.identifier)) }
}
