import Agent

/// Finds out in the history what became of a question that a process that is gone may have asked. It asks nothing.
struct EarlierRun: Form {
    private let since: Int
    private let wantsReply: Bool
    private var run: SentRun
    private var hasSeenPlainHistory = false
    /// Whether a look went back to before the question can have been asked.
    private var hasSeenAll = false
    private var isOver = false
    private var session = Sign.none
    /// The latest row says that a run goes on: it is an input, or the call of a tool.
    private var isLastRowOpen = false

    /// What the gateway says of the session while the question is missing. A question waits behind another channel's run
    /// without a row of its own.
    private enum Sign: Equatable {
        case none, asked, running, unknown
        /// No run goes on; so many looks at the history have ended since.
        case idle(looks: Int)
    }

    /// How long a question may take to appear that was handed over just before the process ended.
    private static let grace = Duration.seconds(15)
    /// The same where only the rows say whether a run goes on.
    private static let longGrace = Duration.seconds(300)

    /// - Parameter since: Unix time before which it cannot have been asked.
    init(_ marker: Marker, since: Int, wantsReply: Bool, canLook: Bool) {
        (self.since, self.wantsReply) = (since, wantsReply)
        run = SentRun(marker, canLook: canLook, limit: RunWatch.longestLimit)
    }

    mutating func handle(_ stimulus: FormStimulus, now: Duration) -> [FormAction] {
        var actions: [FormAction] = []
        switch stimulus {
        case .begin:
            run.begin(now: now, firstLook: .zero)
            actions = run.runs(now: now)
        case .looked(let look): actions = looked(look, now)
        case .timeIsUp:
            // The gateway never said whether it has the question.
            actions = run.isFound ? run.timeIsUp(now: now) : run.giveUp(.unreachable, now: now)
        case .cancelled:
            run.cancelled(now: now)
            if !run.isFound { actions = run.release() }
        case .sessionState(let state) where run.isFound: actions = run.took(state, now: now)
        case .sessionState(let state):
            session = state.map { $0.isRunning ? .running : .idle(looks: 0) } ?? .unknown
        case .woke, .sendEnded, .stream: break
        }
        guard !isOver else { return actions }
        // The marker is found best without the rows of tools, and only with them it is sure that all rows are there.
        return actions
            + run.goOn(includingTools: !run.isFound && hasSeenPlainHistory && !hasSeenAll, now: now)
    }

    private mutating func looked(_ look: HistoryLook, _ now: Duration) -> [FormAction] {
        if case .rows(let history) = look {
            if history.reaches(
                since, fullCount: hasSeenPlainHistory && !hasSeenAll ? RunWatch.longestLimit : nil)
            {
                hasSeenAll = true
            }
            hasSeenPlainHistory = true
            isLastRowOpen = history.rows.last?.leavesRunOpen ?? false
            if case .idle(let looks) = session { session = .idle(looks: looks + 1) }
        }
        let (actions, finding) = run.took(look, now: now)
        guard run.canLook else { return actions + run.giveUp(.uncertain, now: now) + run.release() }
        guard run.isFound else {
            // Nothing of it is there yet: whoever asks meanwhile does not wait for it.
            return actions + run.release() + missing(finding, now)
        }
        if !wantsReply { return actions + run.tell(.noReply, now: now) }
        return actions + (finding.map { run.conclude($0, now: now) } ?? [])
    }

    private mutating func missing(_ finding: RunWatch.Finding?, _ now: Duration) -> [FormAction] {
        guard case .unseen(let duration) = finding, duration >= Self.grace, !run.hasOutcome else { return [] }
        guard hasSeenAll else { return run.giveUp(.uncertain, now: now) }
        switch session {
        case .asked: return []
        case .none, .running:
            session = .asked
            return [.lookAtSession]
        // The one look may have begun before the other run had ended.
        case .idle(let looks) where looks < 2: return []
        case .unknown where isLastRowOpen && duration < Self.longGrace: return []
        case .idle, .unknown:
            isOver = true
            return [.tell(.wasNotAsked)]
        }
    }
}
