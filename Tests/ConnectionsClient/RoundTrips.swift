/// How long each of some round trips took.
final class RoundTrips {
    private(set) var durations: [Duration] = []
    private let count: Int
    private var start = ContinuousClock.now

    init(_ count: Int) {
        self.count = count
        durations.reserveCapacity(count)
    }

    func began() { start = .now }

    /// - Returns: true when it was the last.
    func ended() -> Bool {
        durations.append(.now - start)
        return durations.count == count
    }
}
