/// How long answers took, in seconds to the millisecond: the latest ones exactly, all of them counted in buckets.
package struct AnswerTimes: Equatable, Sendable {
    /// Upper bounds of the buckets; one more bucket holds what took longer.
    package static let bounds: [Double] = [0.25, 0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60, 110, 300]
    /// Answers in each bucket.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// Of all.
    package private(set) var sum = 0.0
    /// The latest ones, oldest first.
    package private(set) var recent: [Double] = []

    /// What a quantile looks back at.
    private static let mostRecent = 500

    package init() {}

    package mutating func add(_ time: Duration) {
        let seconds = (time.seconds * 1e3).rounded() / 1e3
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
        if recent.count == Self.mostRecent { recent.removeFirst() }
        recent.append(seconds)
    }

    /// The time within which this share of the latest 500 answers came (nearest rank); nil without any.
    package func quantile(_ share: Double) -> Double? {
        guard !recent.isEmpty else { return nil }
        let rank = Int((share * Double(recent.count)).rounded(.up))
        return recent.sorted()[max(rank, 1) - 1]
    }
}
