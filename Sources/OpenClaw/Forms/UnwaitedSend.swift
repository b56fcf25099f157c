import Agent

/// `sessions_send` that returns at once (shared/spec/gateway.md B5 F1): for gateways that refuse a waited send to the calling
/// session, and for messages that only have to arrive. The reply comes from the history.
struct UnwaitedSend: Form {
    private let wantsReply: Bool
    /// Whether the next question may be asked while this one's run goes on.
    private let mayOverlap: Bool
    private var run: SentRun

    private static let firstLook = Duration.milliseconds(500)

    init(_ marker: Marker, wantsReply: Bool, mayOverlap: Bool, canLook: Bool) {
        (self.wantsReply, self.mayOverlap) = (wantsReply, mayOverlap)
        run = SentRun(marker, canLook: canLook)
    }

    mutating func handle(_ stimulus: FormStimulus, now: Duration) -> [FormAction] {
        var actions: [FormAction] = []
        switch stimulus {
        case .begin:
            run.begin(now: now, firstLook: wantsReply ? Self.firstLook : nil)
            actions = [.tell(.sent), .send(timeoutSeconds: 0)]
        case .sendEnded(let ending): actions = ended(ending, now)
        case .looked(let look): actions = looked(look, now)
        case .timeIsUp:
            actions = run.timeIsUp(now: now)
            if mayOverlap { actions += run.release() }
        case .cancelled: run.cancelled(now: now)
        case .sessionState(let state): actions = run.took(state, now: now)
        case .woke, .stream: break
        }
        return actions + run.goOn(now: now)
    }

    private mutating func ended(_ ending: SendEnding, _ now: Duration) -> [FormAction] {
        switch ending {
        case .notSent(let tooManyOpenFiles):
            return run.wasNotAsked(tooManyOpenFiles ? .tooManyOpenFiles : .unreachable)
        case .brokeOff: return run.isUnclear("gateway call broke off", now: now)
        case .refused(let error): return run.refused(error, now: now)
        case .answered(let result, let hints):
            if hints.announces { run.expectAnnounce() }
            return answered(result, now)
        }
    }

    private mutating func answered(_ result: SessionsSendResult, _ now: Duration) -> [FormAction] {
        switch result {
        case .refused, .selfSendRefused: return run.wasNotAsked(.refused)
        case .forbidden: return run.wasNotAsked(.forbidden)
        case .uncertain, .runFailed:
            return run.isUnclear(
                "gateway answered with an error", hasErred: result == .runFailed, now: now)
        case .noReply, .reply, .endedWithoutText:
            run.ended(now: now)
            if wantsReply, !run.canLook { return run.tell(.failed(.uncertain), now: now) }
        case .running where wantsReply: return run.runs(now: now)
        case .running: break
        }
        guard !wantsReply else { return [] }
        return run.tell(.noReply, now: now)
            + (result == .running ? run.runs(nextLook: .seconds(1), now: now) : [])
    }

    private mutating func looked(_ look: HistoryLook, _ now: Duration) -> [FormAction] {
        let (actions, finding) = run.took(look, now: now)
        if !run.canLook, run.call != .open { return actions + run.tell(.failed(.uncertain), now: now) }
        // A message that only has to arrive has arrived when it is there.
        if !wantsReply, run.isFound, !run.hasOutcome { return actions + run.tell(.noReply, now: now) }
        return actions + (finding.map { run.conclude($0, now: now) } ?? [])
    }
}
