/// The longest time for which somebody who had asked heard nothing, by what was really written to the line.
struct SilenceMeter {
    /// When each question was asked, or something was heard for it last.
    private var waits: [Int: (callID: String?, heardAt: Duration)] = [:]
    private var longestEnded = Duration.zero

    /// Questions whose end was never written, as when a line stays away, are forgotten in the end.
    private static let capacity = 1_000

    mutating func asked(_ number: Int, in callID: String?, now: Duration) {
        if waits.count >= Self.capacity, let oldest = waits.keys.min() { waits[oldest] = nil }
        waits[number] = (callID, now)
    }

    mutating func heard(_ number: Int, isLast: Bool, now: Duration) {
        guard let wait = waits[number] else { return }
        longestEnded = max(longestEnded, now - wait.heardAt)
        waits[number] = isLast ? nil : (wait.callID, now)
    }

    /// Nobody listens any more: their silence ends here.
    mutating func callEnded(_ callID: String, now: Duration) {
        for (number, wait) in waits where wait.callID == callID { heard(number, isLast: true, now: now) }
    }

    /// With the silences that still last.
    func longest(now: Duration) -> Duration {
        waits.values.reduce(longestEnded) { max($0, now - $1.heardAt) }
    }
}
