/// How the calls of a batch are spread over time.
package struct BatchPace: Equatable, Sendable {
    /// Unix time of the first ones.
    let start: Int
    /// How many at once, and the seconds to the next ones.
    let size: Int
    let interval: Int

    package init(start: Int, size: Int, interval: Int) {
        (self.start, self.size, self.interval) = (start, size, interval)
    }
}
