import Ports

/// One question on its way: its deadlines, its tries while nothing was asked, its late answer. How it is asked is the
/// agent's affair.
///
/// The rule above all others: it is asked again only when it is certain that nothing ran.
package final class Turn: Cancellable {
    enum Place {
        /// It waits for the lane of its session.
        case wanted
        /// It cannot be asked now, and tries again later.
        case pausing
        /// The lane may go on to the next.
        case left
    }

    private enum Stage {
        /// In the lane's queue, or not yet.
        case waiting
        /// Its time in the lane has come, and nothing of it is with the agent.
        case trying(any Asking)
        /// The next try comes after a pause.
        case pausing
        /// A process that is gone may have asked.
        case finding(any Asking)
        case sent(any Asking)
        case overdue(any Asking)
        /// It has its outcome. The lane is still taken by what the gateway does after it.
        case settling(any Asking, wasAnswered: Bool)
        case over
    }

    /// Of one question while it is certain that nothing ran.
    private struct Tries {
        var count = 0
        /// Why it is not with the agent yet.
        var obstacle: TurnFailure?
        var hasSaidUnavailable = false
        var next: (any Cancellable)?
    }

    package let request: AgentRequest
    private let agent: any AgentPort
    private let time: any Timekeeper
    private let onUpdate: (TurnUpdate) -> Void
    private let onPlace: (Turn, Place) -> Void
    private var stage = Stage.waiting
    private var isInLane = false
    /// It is certain that no earlier process asked it.
    private var isNew = false
    private var deadline: (any Cancellable)?
    private var tries = Tries()

    private static let shortestPause = Duration.milliseconds(250)
    private static let longestPause = Duration.seconds(2)
    private static let pauseWithoutFiles = Duration.milliseconds(500)
    private static let triesWithoutFiles = 8

    /// - Parameter onPlace: told when it wants or leaves its place in the lane.
    init(
        _ request: AgentRequest, agent: any AgentPort, time: any Timekeeper,
        onUpdate: @escaping (TurnUpdate) -> Void, onPlace: @escaping (Turn, Place) -> Void
    ) {
        (self.request, self.agent, self.time) = (request, agent, time)
        (self.onUpdate, self.onPlace) = (onUpdate, onPlace)
        deadline = time.schedule(after: max(.zero, request.deadline - time.now)) { [weak self] in
            self?.deadlinePassed()
        }
    }

    /// Whether the agent may have the question: cancelling does not take it back any more.
    package var isWithAgent: Bool {
        switch stage {
        case .sent, .overdue, .finding, .settling: true
        case .waiting, .pausing, .trying, .over: false
        }
    }

    /// Whether ``cancel()`` now ends the agent's work too, and not only the waiting.
    package var cancelEndsRun: Bool { isWithAgent && agent.capabilities.cancelEndsRun }

    var hasOutcome: Bool {
        switch stage {
        case .settling, .over: true
        default: false
        }
    }

    /// Whether nothing of it is with the agent until its next try.
    var isPausing: Bool { if case .pausing = stage { true } else { false } }

    /// Whether its outcome was an answer, and not the end of the waiting.
    var wasAnswered: Bool { if case .settling(_, wasAnswered: true) = stage { true } else { false } }

    private var timeLeft: Duration { request.deadline - time.now }

    // MARK: The way

    /// What is not written down is not asked: a crash would ask it again. It takes its place in the lane only then, so that
    /// a slow disk holds up nobody else.
    func start(writingDown: WriteDown?) {
        guard let writingDown, request.question.earlier == nil else { return wantPlace() }
        writingDown(request.receipt) { [weak self] isWritten in
            guard let self, case .waiting = stage else { return }
            if isWritten { return wantPlace() }
            tries.next = time.schedule(after: .zero) { [weak self] in
                self?.finish(.failed(.notWrittenDown))
            }
        }
    }

    private func wantPlace() {
        isInLane = true
        stage = .waiting
        onPlace(self, .wanted)
    }

    /// Its time in the lane has come: nobody else asks in this session now.
    func begin() {
        guard !hasOutcome else { return leave() }
        let asking: any Asking
        if let earlier = request.question.earlier, !isNew {
            asking = agent.find(earlier, for: request) { [weak self] in self?.handle($0) }
            stage = .finding(asking)
        } else {
            asking = agent.ask(request) { [weak self] in self?.handle($0) }
            stage = .trying(asking)
        }
        asking.start()
    }

    private func handle(_ event: AskingEvent) {
        switch event {
        case .sent: sent()
        case .progress(let text): tell(.progress(text))
        case .said(let text): tell(.said(text))
        case .overdue: overdue()
        case .outcome(let outcome): ended(outcome)
        case .released: released()
        case .startsAgain(let failure): startsAgain(failure)
        case .notAsked(let failure, let pause): notAsked(failure, pause)
        case .wasNotAsked: wasNotAsked()
        }
    }

    private func startsAgain(_ failure: TurnFailure) {
        guard case .sent(let asking) = stage else { return }
        stage = .trying(asking)
        tries.obstacle = failure
    }

    /// It is asked now for the first time: in its turn, where the lane is no longer its own.
    private func wasNotAsked() {
        guard case .finding = stage else { return }
        isNew = true
        if isInLane { begin() } else { wantPlace() }
    }

    private func tell(_ update: TurnUpdate) { if !hasOutcome { onUpdate(update) } }

    private func sent() {
        guard case .trying(let asking) = stage else { return }
        stage = .sent(asking)
        onUpdate(.sending)
    }

    private func ended(_ outcome: TurnOutcome) {
        switch stage {
        case .trying(let asking), .finding(let asking), .sent(let asking), .overdue(let asking):
            finish(outcome, settling: isInLane ? asking : nil)
        case .waiting, .pausing, .settling, .over: break
        }
    }

    private func released() {
        if case .settling = stage { stage = .over }
        leave()
    }

    private func notAsked(_ failure: TurnFailure, _ pause: Duration?) {
        switch stage {
        case .settling: return released()
        case .over, .waiting, .pausing: return
        // A look that came to nothing: that it cannot be found out is all that is known.
        case .finding:
            finish(.failed(failure))
            return leave()
        case .trying, .sent, .overdue: break
        }
        stage = .pausing
        tries.obstacle = failure
        tries.count += 1
        if failure == .unreachable, !tries.hasSaidUnavailable {
            tries.hasSaidUnavailable = true
            onUpdate(.gatewayUnavailable)
            guard !hasOutcome else { return }
        }
        guard let pause = self.pause(after: failure, atLeast: pause), pause < timeLeft else {
            finish(.failed(failure))
            return leave()
        }
        tries.next = time.schedule(after: pause) { [weak self] in self?.begin() }
        onPlace(self, .pausing)
    }

    /// Another one goes first; it begins again in its turn.
    func waitAgain() {
        tries.next?.cancel()
        stage = .waiting
    }

    /// nil where another try is of no use.
    private func pause(after failure: TurnFailure, atLeast pause: Duration?) -> Duration? {
        switch failure {
        case .tooManyOpenFiles: tries.count <= Self.triesWithoutFiles ? Self.pauseWithoutFiles : nil
        case _ where !failure.mayPass: nil
        default:
            pause.map { max($0, Self.shortestPause) }
                ?? min(Self.shortestPause * (1 << min(tries.count - 1, 3)), Self.longestPause)
        }
    }

    // MARK: Time

    private func deadlinePassed() {
        switch stage {
        case .waiting, .pausing, .trying:
            if case .trying(let asking) = stage { asking.cancel() }
            finish(.failed(tries.obstacle ?? .queuedTooLong))
            leave()
        case .finding(let asking), .sent(let asking): asking.timeIsUp()
        case .overdue(let asking):
            finish(.failed(.timedOut), settling: isInLane ? asking : nil, cancels: true)
        case .settling, .over: break
        }
    }

    private func overdue() {
        let asking: any Asking
        switch stage {
        case .sent(let sent): asking = sent
        case .finding(let finding): asking = finding
        default: return
        }
        guard request.question.lateLimit > .zero else {
            return finish(.failed(.timedOut), settling: isInLane ? asking : nil, cancels: true)
        }
        stage = .overdue(asking)
        deadline = time.schedule(after: request.question.lateLimit) { [weak self] in self?.deadlinePassed() }
        onUpdate(.overdue)
    }

    // MARK: Ending

    /// Stops waiting. What is with the agent takes its course, except where ``cancelEndsRun`` says otherwise.
    package func cancel() {
        switch stage {
        case .waiting, .pausing, .trying:
            if case .trying(let asking) = stage { asking.cancel() }
            finish(.failed(.cancelled))
            leave()
        case .finding(let asking), .sent(let asking), .overdue(let asking):
            finish(.failed(.cancelled), settling: isInLane ? asking : nil, cancels: true)
        case .settling, .over: break
        }
    }

    /// - Parameters:
    ///   - asking: goes on until it releases the lane.
    ///   - cancels: it is told that nobody listens any more.
    private func finish(
        _ outcome: TurnOutcome, settling asking: (any Asking)? = nil, cancels: Bool = false
    ) {
        var last: (any Asking)?
        switch stage {
        case .finding(let asking), .sent(let asking), .overdue(let asking): last = asking
        default: break
        }
        stage = asking.map { .settling($0, wasAnswered: !cancels) } ?? .over
        deadline?.cancel()
        tries.next?.cancel()
        onUpdate(.finished(outcome))
        if cancels || asking == nil { last?.cancel() }
    }

    private func leave() {
        guard isInLane else { return }
        isInLane = false
        onPlace(self, .left)
    }
}

/// Writes a question down before it is asked: with its receipt, so that a later process finds out what became of it. The
/// completion is called once, with whether it is safe.
package typealias WriteDown = (_ receipt: Receipt, _ completion: @escaping (_ isWritten: Bool) -> Void) ->
    Void
