/// How the calls of a batch are spread over time.
package struct BatchPace: Equatable, Sendable {
    /// Unix time of the first ones.
    package let start: Int
    /// How many at once, and the seconds to the next ones.
    package let size: Int
    package let interval: Int

    package init(start: Int, size: Int, interval: Int) {
        (self.start, self.size, self.interval) = (start, size, interval)
    }

    /// Unix time of the row with this position, from 0.
    func time(ofRow position: Int) -> Int { start + position / size * interval }
}
