/// When the history is looked at, and what the looks say of a run.
struct LookSchedule {
    private enum Next {
        case none
        case underWay(since: Duration)
        case due(Duration)
    }

    private(set) var watch: RunWatch
    /// Whether the history may be asked for.
    private(set) var canLook: Bool
    private var next = Next.none
    private var began = Duration.zero

    init(_ watch: RunWatch, canLook: Bool) { (self.watch, self.canLook) = (watch, canLook) }

    mutating func begin(now: Duration, first: Duration?) {
        began = now
        if let first { lookAgain(at: now + first) }
    }

    /// The next look is due then; one that is due before stays.
    mutating func lookAgain(at time: Duration) {
        guard canLook else { return }
        switch next {
        case .underWay: break
        case .due(let due) where due <= time: break
        case .none, .due: next = .due(time)
        }
    }

    /// When the next look is due; nil when none is, or one is under way.
    var dueTime: Duration? { if case .due(let time) = next { time } else { nil } }

    /// - Returns: the look that is due now.
    mutating func dueLook(now: Duration, includesTools: Bool = false) -> [FormAction] {
        guard let dueTime, dueTime <= now, canLook else { return [] }
        next = .underWay(since: now)
        return [.look(limit: watch.limit, includesTools: includesTools)]
    }

    /// - Returns: texts that the agent said on the way, what is known of the run now, nil where the look says nothing of it,
    ///   and what the look teaches about the gateway.
    mutating func took(
        _ look: HistoryLook, now: Duration
    ) -> (said: [String], finding: RunWatch.Finding?, lessons: [FormAction]) {
        let began: Duration = if case .underWay(let since) = next { since } else { now }
        next = .none
        var (said, finding): ([String], RunWatch.Finding?) = ([], nil)
        var lessons: [FormAction] = []
        switch look {
        case .rows(let history):
            (said, finding) = watch.take(history, now: now)
            if finding == nil { lookAgain(at: now) }
        case .refused: stop()
        case .away(let seconds):
            watch.wasAway()
            if seconds != nil { lessons.append(.learn(.refusesWork)) }
        case .nothing: break
        }
        let pace = HistoryPace.next(afterWatching: now - self.began)
        lookAgain(at: max(now, began + max(pace, look.retryAfter)))
        return (said, finding, lessons)
    }

    private mutating func stop() {
        canLook = false
        next = .none
    }
}
