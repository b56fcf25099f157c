import Agent

/// `sessions_send` that waits for the reply (shared/spec/gateway.md B5 F2), for gateways that take a waited send to the
/// calling session. The history tells what the agent says on the way, and what became of a call that gives no reply.
struct WaitedSend: Form {
    /// A reply that may belong to another run.
    private struct Unchecked {
        let text: String
        let since: Duration
        /// Whether the history was read since it came, which then decides.
        var isHistoryRead = false
    }

    private let deadline: Duration
    private let trustsReplies: Bool
    private var run: SentRun
    private var unchecked: Unchecked?

    /// In seconds: the call ends so long before whoever asked is told that there is no answer.
    private static let spare = 2
    /// Each look costs the gateway time; most answers are there by then.
    private static let firstLook = Duration.seconds(2)
    /// How long a reply in hand waits for a history that gives no answer.
    private static let checkLimit = Duration.seconds(5)

    /// - Parameters:
    ///   - deadline: when whoever asked is told that there is no answer yet.
    ///   - trustsReplies: the gateway never takes an older answer for the reply, and no run of an earlier turn can be going
    ///     on.
    init(_ marker: Marker, deadline: Duration, trustsReplies: Bool, canLook: Bool) {
        (self.deadline, self.trustsReplies) = (deadline, trustsReplies)
        run = SentRun(marker, canLook: canLook)
    }

    mutating func handle(_ stimulus: FormStimulus, now: Duration) -> [FormAction] {
        var actions: [FormAction] = []
        switch stimulus {
        case .begin:
            run.begin(now: now, firstLook: Self.firstLook)
            let wait = max(1, (deadline - now).wholeSeconds - Self.spare)
            actions = [.tell(.sent), .send(timeoutSeconds: wait)]
        case .sendEnded(let ending): actions = ended(ending, now)
        case .looked(let look): actions = looked(look, now)
        case .timeIsUp: actions = timeIsUp(now)
        case .cancelled:
            unchecked = nil
            run.cancelled(now: now)
        case .woke: actions = checkHand(now)
        case .sessionState(let state): actions = run.took(state, now: now)
        case .stream: break
        }
        return actions + run.goOn(now: now, unchecked.map { $0.since + Self.checkLimit })
    }

    private mutating func ended(_ ending: SendEnding, _ now: Duration) -> [FormAction] {
        switch ending {
        case .notSent(let tooManyOpenFiles):
            return run.wasNotAsked(tooManyOpenFiles ? .tooManyOpenFiles : .unreachable)
        case .brokeOff: return run.isUnclear("gateway call broke off", now: now)
        case .refused(let error): return run.refused(error, now: now)
        case .answered(let result, let hints):
            if hints.announces { run.expectAnnounce() }
            return (hints.comparesBaseline ? [.learn(.comparesBaseline)] : []) + answered(result, hints, now)
        }
    }

    private mutating func answered(
        _ result: SessionsSendResult, _ hints: SendHints, _ now: Duration
    ) -> [FormAction] {
        switch result {
        // Inputs count as the agent's rows there (seen on 2026.6.11).
        case .reply(let text) where Marker.isIn(text) || text.containsBytes(of: HistoryRow.announceStep):
            run.ended(now: now)
            return [.learn(.note("gateway gave an input as the reply", ""))] + withoutText(now)
        case .reply(let text):
            run.ended(now: now)
            guard !trustsReplies, !hints.comparesBaseline, run.canLook, !run.hasOutcome else {
                return tell(text, now)
            }
            unchecked = Unchecked(text: text, since: now)
            return []
        // No proof of a baseline: a gateway that has none gives no text either when the last row is no answer.
        case .endedWithoutText:
            run.ended(now: now)
            return withoutText(now)
        case .noReply:
            run.ended(now: now)
            return [.learn(.comparesBaseline)] + run.tell(.noReply, now: now)
        case .running: return run.runs(now: now)
        case .uncertain, .runFailed:
            return run.isUnclear(
                "gateway answered with an error", hasErred: result == .runFailed, now: now)
        case .selfSendRefused:
            guard !run.hasOutcome else { return run.release() }
            return [.learn(.refusesSelfSends), .askInAnotherForm]
        case .refused: return run.wasNotAsked(.refused)
        case .forbidden: return run.wasNotAsked(.forbidden)
        }
    }

    private mutating func withoutText(_ now: Duration) -> [FormAction] {
        run.canLook ? [] : run.tell(.failed(.uncertain), now: now)
    }

    private mutating func tell(_ text: String, _ now: Duration) -> [FormAction] {
        unchecked = nil
        return run.tell(.reply(text), now: now)
    }

    private mutating func looked(_ look: HistoryLook, _ now: Duration) -> [FormAction] {
        // A history without any row cannot have an older answer either.
        if case .rows(let history) = look, !history.rows.isEmpty { unchecked?.isHistoryRead = true }
        var (actions, finding) = run.took(look, now: now)
        if !run.canLook { return actions + cannotLook(now) }
        guard let finding else { return actions + checkHand(now) }
        guard let unchecked else { return actions + run.conclude(finding, now: now) }
        switch finding {
        // The row behind our question is the answer; where it is the reply in hand, that one is whole and unmasked.
        case .final(let text), .candidate(let text, _):
            actions += choose(unchecked.text, text, finding, now)
        // The run has ended, and has no row: what came as its reply is an older one.
        case .silent: actions += drop(now)
        case .goesOn where now - unchecked.since >= Self.checkLimit: actions += drop(now)
        case .unseen where !unchecked.isHistoryRead: actions += checkHand(now)
        case .goesOn: break
        // Where somebody else's message came between, the row is not certainly ours, and the reply may be.
        case .finalBehind(_, let text) where Wording.agree(unchecked.text, text):
            actions += tell(unchecked.text, now)
        case .finalBehind where now - unchecked.since < Self.checkLimit: break
        case .lost, .unseen, .failed, .finalBehind:
            actions += run.conclude(finding, now: now)
            if run.hasOutcome { self.unchecked = nil }
        }
        return actions
    }

    /// Of the reply in hand and what the history has: the first is whole and unmasked, the second belongs to our question.
    private mutating func choose(
        _ reply: String, _ text: String, _ finding: RunWatch.Finding, _ now: Duration
    ) -> [FormAction] {
        if Wording.agree(reply, text) { return tell(reply, now) }
        let actions = run.conclude(finding, now: now)
        if run.hasOutcome { unchecked = nil }
        return actions
    }

    /// A reply in hand is told only where no history said anything to it.
    private mutating func timeIsUp(_ now: Duration) -> [FormAction] {
        guard let unchecked else { return run.timeIsUp(now: now) }
        guard unchecked.isHistoryRead || run.isOlder(unchecked.text) else { return tell(unchecked.text, now) }
        if !run.isFound { self.unchecked = nil }
        return run.timeIsUp(now: now)
    }

    private mutating func drop(_ now: Duration) -> [FormAction] {
        unchecked = nil
        return [.learn(.note("gateway gave an older answer as the reply", ""))] + run.tell(.noReply, now: now)
    }

    /// Nothing can be checked: a reply that came in the call is believed, a missing one stays missing.
    private mutating func cannotLook(_ now: Duration) -> [FormAction] {
        if let unchecked, !run.isOlder(unchecked.text) { return tell(unchecked.text, now) }
        return run.call == .open ? [] : run.tell(.failed(.uncertain), now: now)
    }

    /// A history that gives no answer in time: nothing says that the reply belongs to another run.
    private mutating func checkHand(_ now: Duration) -> [FormAction] {
        guard let unchecked, now - unchecked.since >= Self.checkLimit, !unchecked.isHistoryRead,
            !run.isOlder(unchecked.text)
        else { return [] }
        return [.learn(.note("gateway gives no history", "the reply of the call is taken as it is"))]
            + tell(unchecked.text, now)
    }
}
