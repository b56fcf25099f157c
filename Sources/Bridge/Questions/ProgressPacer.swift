package import OpenClaw

/// Sees to it that a waiting caller is never left in silence: the agent's own words as they come, and short
/// true sentences in between.
package final class ProgressPacer {
    package struct Pace: Equatable, Sendable {
        package var firstAfter = Duration.seconds(3)
        package var every = Duration.seconds(6)

        package init() {}
    }

    private let time: any Timekeeper
    private let pace: Pace
    private let say: (String) -> Void
    private var timer: (any Cancellable)?
    private var nextPhrase: Int

    /// - Parameters:
    ///   - firstPhrase: which of the phrases comes first, so that calls do not all sound alike.
    ///   - say: speaks now.
    package init(time: any Timekeeper, pace: Pace, firstPhrase: Int, say: @escaping (String) -> Void) {
        (self.time, self.pace, self.say) = (time, pace, say)
        nextPhrase = firstPhrase
    }

    package func start() { arm(pace.firstAfter) }

    /// Something was heard, or is about to be: the next filler waits its turn.
    package func speak(_ text: String) {
        say(text)
        arm(pace.every)
    }

    package func stop() { timer?.cancel() }

    private func arm(_ delay: Duration) {
        timer?.cancel()
        timer = time.schedule(after: delay) { [weak self] in
            guard let self else { return }
            let phrase = Phrases.stillWorking[nextPhrase % Phrases.stillWorking.count]
            nextPhrase += 1
            speak(phrase)
        }
    }
}
