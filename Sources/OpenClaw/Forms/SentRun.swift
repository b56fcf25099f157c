import Agent

/// A question that was sent, and the agent's run for it, as far as the history and the call tell: the part that all forms have
/// in common. It gives the one outcome, and frees the session.
struct SentRun {
    /// Who waits for the outcome.
    private enum Listener { case waiting, overdue, none }

    /// What is known from the call.
    enum Call: Equatable {
        /// Its answer is the best source of the reply.
        case open
        /// It says nothing more, and the run goes on.
        case running
        /// The run has ended.
        case ended(at: Duration)
        /// It left open whether anything ran.
        case unclear
        /// It ended with an error after which a run hardly goes on.
        case erred(at: Duration)
    }

    private(set) var looks: LookSchedule
    private(set) var hold = SessionHold()
    private(set) var call = Call.open
    private var listener = Listener.waiting
    /// Since when the history has shown an end that the open call has not told.
    private var endSeen: Duration?
    /// When the session's state is looked at next; nil while a look is under way, or none is wanted.
    private var sessionLook: Duration?
    /// An end that is ours only when its run began before that time.
    private var uncertainEnd: (latestStart: Double, text: String)?

    /// How long a sign of the question may take after an answer that leaves open whether anything ran.
    private static let grace = Duration.seconds(15)
    /// For so long a question may be missing in a history that had it.
    private static let lossGrace = Duration.seconds(3)
    /// The gateway needs this long to answer a call whose run has ended; its answer is better than the history's row, which
    /// is cut and has keys masked.
    private static let callDelay = Duration.seconds(3)
    /// After an error the gateway may go on with another model for so long.
    private static let errorDelay = Duration.seconds(2)
    /// A text without a stop reason is the answer when it stays the last one for so long.
    private static let candidateDelay = Duration.seconds(2)
    /// An announce run begins one to two seconds after the answer.
    private static let sessionPace = Duration.seconds(1)
    private static let stopPace = Duration.milliseconds(300)

    /// - Parameter limit: rows to look at first.
    init(_ marker: Marker, canLook: Bool, limit: Int = RunWatch.usualLimit) {
        looks = LookSchedule(RunWatch(marker, limit: limit), canLook: canLook)
    }

    var hasOutcome: Bool { listener == .none }
    var canLook: Bool { looks.canLook }
    /// Whether the history has the question.
    var isFound: Bool { looks.watch.isFound }

    /// Whether the agent said just that before the question.
    func isOlder(_ text: String) -> Bool { looks.watch.isOlder(text) }

    mutating func begin(now: Duration, firstLook: Duration?) { looks.begin(now: now, first: firstLook) }

    mutating func lookAgain(at time: Duration) { looks.lookAgain(at: time) }

    /// What is due now, and when to wake for what comes next.
    /// - Parameter others: other times to wake at.
    mutating func goOn(includingTools: Bool = false, now: Duration, _ others: Duration?...) -> [FormAction] {
        var actions = call == .open ? [] : hold.releaseWhenFree(canLook: canLook, now: now)
        guard !(hold.isReleased && hasOutcome) else { return actions }
        let isDone = hasOutcome && hold.hasRunEnded
        if !isDone { actions += looks.dueLook(now: now, includesTools: includingTools) }
        if let due = sessionLook, due <= now, isDone, hold.waitsForSession {
            sessionLook = nil
            actions.append(.lookAtSession)
        }
        let release = hold.isReleased || call == .open ? nil : hold.end(canLook: canLook)
        let times = others + [isDone ? sessionLook : looks.dueTime, release]
        return actions + (times.compactMap { $0 }.filter { $0 > now }.min().map { [.wake(at: $0)] } ?? [])
    }

    /// - Parameter state: nil where the gateway does not say: then the time alone frees the session.
    mutating func took(_ state: SessionState?, now: Duration) -> [FormAction] {
        if let uncertainEnd {
            self.uncertainEnd = nil
            return judge(uncertainEnd.text, startedBefore: uncertainEnd.latestStart, state, now: now)
        }
        guard let state else { return [] }
        hold.took(state)
        sessionLook = now + Self.sessionPace
        return []
    }

    /// Whose answer it is that stands behind somebody else's message.
    private mutating func judge(
        _ text: String, startedBefore time: Double, _ state: SessionState?, now: Duration
    ) -> [FormAction] {
        // A run has ended, whoever's: the session is not free at once.
        guard let state else { return ends(.failed(.uncertain), now: now) }
        // Its end is not in the list yet.
        guard !state.isRunning else { return [] }
        guard let start = state.startedAt, start < time else { return ends(.noReply, now: now) }
        return ends(.reply(text), now: now)
    }

    private mutating func runEnded(now: Duration) {
        guard !hold.hasRunEnded else { return }
        hold.runEnded(now: now)
        sessionLook = now + Self.sessionPace
    }

    // MARK: The call

    mutating func expectAnnounce() { hold.expectAnnounce() }

    /// The run goes on, or will.
    mutating func runs(nextLook pause: Duration = .zero, now: Duration) -> [FormAction] {
        call = .running
        lookAgain(at: now + pause)
        return canLook ? [] : tell(.failed(.uncertain), now: now)
    }

    mutating func ended(now: Duration) {
        call = .ended(at: now)
        runEnded(now: now)
        lookAgain(at: now)
    }

    /// Nothing says whether anything ran: the history has to tell.
    /// - Parameter hasErred: an error that hardly leaves a run going on.
    mutating func isUnclear(_ why: String, hasErred: Bool = false, now: Duration) -> [FormAction] {
        call = hasErred ? .erred(at: now) : .unclear
        lookAgain(at: now)
        let note = FormAction.learn(.note(why, "the history has to tell whether anything ran"))
        return [note] + (canLook ? [] : giveUp(.uncertain, now: now))
    }

    /// It is certain that nothing ran.
    mutating func wasNotAsked(_ failure: TurnFailure, retryAfter seconds: Int? = nil) -> [FormAction] {
        guard !hasOutcome else { return hold.release() }
        listener = .none
        return [.tell(.notAsked(failure, retryAfter: seconds.map { .seconds($0) }))]
    }

    mutating func refused(_ error: GatewayError, now: Duration) -> [FormAction] {
        let note = FormAction.learn(.note("gateway answered with an error", "\(error)"))
        switch error.remedy {
        case .anotherToken: return [note, .learn(.tokenRefused)] + wasNotAsked(.unauthorized)
        case .sendAgain(let seconds, let isDown):
            return (isDown ? [note, .learn(.refusesWork)] : [note])
                + wasNotAsked(isDown ? .unreachable : .rateLimited, retryAfter: seconds)
        case .watchHistory: return [note] + isUnclear("gateway answered with an error", now: now)
        case .giveUp(let failure): return [note] + wasNotAsked(failure)
        }
    }

    // MARK: The history

    /// Takes a look, and tells what was said on the way.
    /// - Returns: also what is known now; nil where the look says nothing of the run.
    mutating func took(
        _ look: HistoryLook, now: Duration
    ) -> (actions: [FormAction], finding: RunWatch.Finding?) {
        let (said, finding, lessons) = looks.took(look, now: now)
        noteAftermath(now: now)
        guard !hasOutcome else { return (lessons, finding) }
        return (lessons + said.compactMap(ControlTokens.strip).map { .tell(.progress($0)) }, finding)
    }

    private mutating func noteAftermath(now: Duration) {
        switch looks.watch.aftermath {
        case .none, .otherInput: return
        case .deliveryFailed: break
        case .announcing: hold.expectAnnounce()
        case .announced: hold.announced()
        }
        runEnded(now: now)
    }

    mutating func conclude(_ finding: RunWatch.Finding, now: Duration) -> [FormAction] {
        switch finding {
        case .final(let text): return ends(.reply(text), now: now)
        case .finalBehind(let latestStart, let text):
            guard !hasOutcome, uncertainEnd == nil else { return [] }
            uncertainEnd = (latestStart, text)
            return [.lookAtSession]
        case .silent: return ends(.noReply, now: now)
        case .failed(let duration) where call != .open && duration >= Self.errorDelay:
            return ends(.failed(.agentFailed), now: now)
        case .candidate(let text, let duration) where call != .open && duration >= Self.candidateDelay:
            return ends(.reply(text), now: now)
        case .failed, .candidate: return []
        case .goesOn(let duration): return quiet(for: duration, now: now)
        case .unseen(let duration):
            guard call != .open, call != .running, duration >= Self.grace else { return [] }
            return giveUp(.uncertain, now: now)
        case .lost(let duration):
            guard duration >= Self.lossGrace else { return [] }
            return [.learn(.lostSession)] + giveUp(.sessionLost, now: now)
        }
    }

    /// While the call is open its own answer is awaited for a moment.
    private mutating func ends(_ outcome: TurnOutcome, now: Duration) -> [FormAction] {
        if call == .open {
            let since = endSeen ?? now
            endSeen = since
            guard now - since >= Self.callDelay else { return [] }
        }
        runEnded(now: now)
        return tell(outcome, now: now)
    }

    private mutating func quiet(for duration: Duration, now: Duration) -> [FormAction] {
        switch call {
        case .ended(let end) where now - end >= Self.grace: return tell(.noReply, now: now)
        case .erred(let since) where min(duration, now - since) >= Self.grace:
            return giveUp(.uncertain, now: now)
        case .open, .running, .ended, .unclear, .erred: return []
        }
    }

    // MARK: The end

    /// The one outcome; nothing where it was told, or nobody listens.
    mutating func tell(_ outcome: TurnOutcome, now: Duration) -> [FormAction] {
        hold.leftAlone(now: now)
        guard !hasOutcome else { return [] }
        listener = .none
        guard case .reply(let text) = outcome else { return [.tell(.outcome(outcome))] }
        return [.tell(.outcome(Self.fit(text)))]
    }

    /// What a person is to hear of a text that came as the answer.
    private static func fit(_ text: String) -> TurnOutcome {
        switch RunFailureText.meaning(of: text) {
        case .failed: .failed(.agentFailed)
        case .silent: .noReply
        case nil: ControlTokens.strip(text).map { .reply($0) } ?? .noReply
        }
    }

    /// Nothing says that there is a run.
    mutating func giveUp(_ failure: TurnFailure, now: Duration) -> [FormAction] {
        hold.nothingRuns()
        return tell(.failed(failure), now: now)
    }

    mutating func timeIsUp(now: Duration) -> [FormAction] {
        guard call == .open || call == .running || isFound else { return giveUp(.uncertain, now: now) }
        guard canLook else { return tell(.failed(.timedOut), now: now) }
        guard listener == .waiting else { return [] }
        listener = .overdue
        return [.tell(.overdue)]
    }

    mutating func cancelled(now: Duration) {
        listener = .none
        hold.leftAlone(now: now)
        lookAgain(at: now + .seconds(1))
    }

    /// The run was broken off by us.
    mutating func stopped(now: Duration) {
        hold.expectStop()
        call = .ended(at: now)
        runEnded(now: now)
        sessionLook = now + Self.stopPace
    }

    /// The session is free at once.
    mutating func release() -> [FormAction] { hold.release() }
}
