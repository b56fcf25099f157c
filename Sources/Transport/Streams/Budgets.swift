/// What one connection may still do before the loop turns to others: read so many bytes, and take so long. Bytes alone say
/// little: a few of them can mean much work.
struct ReadBudget {
    private var bytes = 512 << 10
    private var isAsked = false
    private var start: ContinuousClock.Instant?

    /// How long others wait for one connection at most, but for what cannot be interrupted.
    static let time = Duration.milliseconds(10)

    /// The clock is looked at from the second question on: most reads ask once.
    var isSpent: Bool {
        mutating get {
            guard bytes > 0 else { return true }
            guard isAsked else {
                isAsked = true
                return false
            }
            let now = ContinuousClock.now
            guard let start else {
                start = now
                return false
            }
            return now - start >= Self.time
        }
    }

    mutating func spend(_ count: Int) { bytes -= count }
}

/// How long one piece of input is worked on: a few compressed bytes can become many messages.
struct WorkBudget {
    private var work = 0
    private var start: ContinuousClock.Instant?

    /// The clock is asked once for so much work, an event counting as a KiB.
    private static let workPerLook = 64 << 10

    mutating func spend(_ count: Int) { work += max(count, 1 << 10) }

    var isSpent: Bool { mutating get { work >= Self.workPerLook && isTimeOver() } }

    private mutating func isTimeOver() -> Bool {
        work = 0
        let now = ContinuousClock.now
        guard let start else {
            start = now
            return false
        }
        return now - start >= ReadBudget.time
    }
}
