package import Ports

/// Sees to it that a waiting caller is never left in silence: the agent's own words as they come, and short
/// true sentences in between.
package final class ProgressPacer {
    package struct Pace: Equatable, Sendable {
        /// The longest silence before the first sentence, and after it.
        package var firstAfter = Duration.seconds(3)
        package var every = Duration.seconds(6)

        package init() {}
    }

    private let time: any Timekeeper
    private let pace: Pace
    private let say: (String) -> Void
    private var timer: (any Cancellable)?
    /// Which filler comes next; nil before the first.
    private var nextFiller: Int?
    private let first: Int
    private var lastSaid: String?
    private var isStopped = false

    /// Sentences for when there is nothing else to say; true for what is being waited for.
    var fillers: [String]

    /// A sentence leaves this much before its time is over, or its way would make the silence longer than promised.
    private static let headStart = Duration.milliseconds(500)

    /// - Parameters:
    ///   - first: which of the fillers comes second, so that calls do not all sound alike. The first words are always the
    ///     first filler's: the others say that something has been going on for a while.
    ///   - say: speaks now.
    package init(
        time: any Timekeeper, pace: Pace, fillers: [String], first: Int, say: @escaping (String) -> Void
    ) {
        (self.time, self.pace, self.fillers, self.say) = (time, pace, fillers, say)
        self.first = first
    }

    /// Begins to count the silence; again does nothing.
    package func start() { if timer == nil { arm(pace.firstAfter) } }

    /// Says something now; the next filler waits its turn.
    package func speak(_ text: String) {
        guard !isStopped else { return }
        say(text)
        heard(text)
    }

    /// Something was said past this pacer.
    func heard(_ text: String) {
        guard !isStopped else { return }
        lastSaid = text
        arm(pace.every - min(Self.headStart, pace.every / 4))
    }

    package func stop() {
        isStopped = true
        timer?.cancel()
    }

    private func arm(_ delay: Duration) {
        timer?.cancel()
        timer = time.schedule(after: delay) { [weak self] in self?.fill() }
    }

    /// The next filler that is not what was said last.
    private func fill() {
        guard !fillers.isEmpty else { return }
        for _ in fillers {
            let next = nextFiller ?? (lastSaid == nil ? 0 : first)
            let filler = fillers[next % fillers.count]
            nextFiller = nextFiller == nil && next == 0 ? first : next + 1
            if filler != lastSaid || fillers.count == 1 { return speak(filler) }
        }
    }
}
