import Agent

/// How long a session stays taken by a question: until its run has ended, and what the gateway does after it. A send that
/// meets another run of the session can make the gateway begin a new conversation (shared/spec/gateway.md section 0).
struct SessionHold {
    private enum RunEnd: Equatable {
        case unknown
        case at(Duration)
        /// Nothing says that there is a run.
        case noRun
    }

    /// What the gateway does behind a run, and how long it may take for that from the run's end.
    private enum Afterwork {
        case none
        /// The run that was broken off comes to its end.
        case stopping
        /// It runs the agent once more to announce the turn.
        case announcing

        var limit: Duration {
            switch self {
            case .none: .zero
            case .stopping: .seconds(5)
            case .announcing: .seconds(20)
            }
        }
    }

    private var runEnd = RunEnd.unknown
    /// Since when nobody has listened any more.
    private var leftAlone: Duration?
    private var afterwork = Afterwork.none
    private var isAfterworkDone = false
    /// When the run ended by the gateway's own clock, as the first look at the session behind it says.
    private var firstEnd: Double?
    private var hasSeenRunning = false
    private(set) var isReleased = false

    /// How long a run is waited for to which nobody listens.
    private static let longestHold = Duration.seconds(300)

    /// Whether the run is known to have ended, so that only the session's state is of interest.
    var hasRunEnded: Bool { if case .at = runEnd { true } else { false } }
    /// Whether a look at the session's state can free it.
    var waitsForSession: Bool { hasRunEnded && !isReleased && !isAfterworkDone && afterwork != .none }

    /// An announce run was promised, or was seen.
    mutating func expectAnnounce() { afterwork = .announcing }

    /// The run was broken off.
    mutating func expectStop() { if afterwork == .none { afterwork = .stopping } }

    mutating func runEnded(now: Duration) { if case .at = runEnd {} else { runEnd = .at(now) } }

    mutating func nothingRuns() { if runEnd == .unknown { runEnd = .noRun } }

    mutating func leftAlone(now: Duration) { leftAlone = leftAlone ?? now }

    /// Takes what the gateway says of the session. An announce run that says nothing leaves no row: only the times here tell
    /// that it has come and gone.
    mutating func took(_ state: SessionState) {
        guard hasRunEnded else { return }
        if state.isRunning {
            hasSeenRunning = true
        } else if afterwork == .stopping || hasSeenRunning
            || firstEnd.map({ state.endedAt ?? 0 > $0 }) ?? false
        {
            isAfterworkDone = true
        } else {
            firstEnd = firstEnd ?? state.endedAt
        }
    }

    /// The history shows what the agent said to the announce step.
    mutating func announced() { isAfterworkDone = true }

    /// - Returns: what frees the session at once, where it is not free.
    mutating func release() -> [FormAction] {
        guard !isReleased else { return [] }
        isReleased = true
        return [.tell(.released)]
    }

    /// - Returns: what frees the session when all is over.
    mutating func releaseWhenFree(canLook: Bool, now: Duration) -> [FormAction] {
        guard !isReleased, let end = end(canLook: canLook), end <= now else { return [] }
        // What could not be seen is no lesson.
        let isLesson = afterwork == .announcing && hasRunEnded && (isAfterworkDone || firstEnd != nil)
        return (isLesson ? [.learn(.announces(isAfterworkDone))] : []) + release()
    }

    /// When the session is free as things stand; nil when nothing says so yet.
    func end(canLook: Bool) -> Duration? {
        switch runEnd {
        case .noRun: leftAlone
        case .at(let end): isAfterworkDone ? end : end + afterwork.limit
        case .unknown: leftAlone.map { $0 + (canLook ? Self.longestHold : Afterwork.announcing.limit) }
        }
    }
}
