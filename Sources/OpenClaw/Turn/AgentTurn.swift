import Wire

/// One question on its way through the gateway: send, watch the history, reply.
///
/// The rule above all others: the message is sent again only when it is certain that nothing ran. Everything
/// else is found out by watching the history for our marker, so that no action is done twice.
package final class AgentTurn: Cancellable {
    let question: AgentQuestion
    let marker: Marker
    let link: AgentLink
    let startedAt: Duration
    let onUpdate: (TurnUpdate) -> Void
    private(set) var isFinished = false
    /// Whoever asked was told that there is no reply yet.
    private(set) var isOverdue = false
    /// Whether the send call is still open: the lane stays taken until it is not.
    var isSendOpen = false

    private var deadline: (any Cancellable)?
    private var retry: (any Cancellable)?
    private var retries = 0
    private var saidUnavailable = false
    /// Why the question is not with the gateway yet.
    private var lastObstacle: TurnFailure?

    /// The stream, while it is open (AgentTurn+Chat.swift).
    var chat: ChatExchange?
    /// The sentences that were said, each as it sounds.
    var saidKeys: Set<String> = []
    // For the watching (AgentTurn+History.swift).
    /// nil while it is certain that the question is not with the gateway.
    var sentAt: Duration?
    var look: (any Cancellable)?
    var isWatching = false
    var spoken: Set<String> = []
    var candidate: (said: TurnReading.Said, since: Duration)?
    var isFound = false
    /// A process that is gone may have asked this; the history has not said yet.
    var isRecovering = false
    var hasSeenPlainHistory = false
    /// Whether a look at the history went back to before the question can have been asked.
    var hasSeenAll = false
    /// The gateway said that the run goes on.
    var isRunning = false
    /// When the gateway said that the run has ended.
    var runEndedAt: Duration?
    var failedSince: Duration?
    /// When the call ended with an error after which the run hardly goes on.
    var erredAt: Duration?
    /// When the history last showed something new of this turn, and how much it showed.
    var lastSign: (at: Duration, rowCount: Int)?
    /// Rows to ask for; more once our marker may have left the window.
    var historyLimit = AgentTurn.usualHistoryLimit
    /// Until then the marker must have appeared in the history, or the turn ends as uncertain.
    var markerDueAt: Duration?
    /// An answer in the call that may belong to an announce run instead.
    var unverifiedReply: String?
    /// Gives that answer, unless the history is read before.
    var replyDue: (any Cancellable)?

    init(_ question: AgentQuestion, marker: Marker, link: AgentLink, onUpdate: @escaping (TurnUpdate) -> Void)
    {
        (self.question, self.marker, self.link, self.onUpdate) = (question, marker, link, onUpdate)
        startedAt = link.time.now
        deadline = link.time.schedule(after: question.timeLimit) { [weak self] in self?.deadlinePassed() }
    }

    /// Whether the gateway may have the question: cancelling does not take it back any more.
    package var isWithGateway: Bool { sentAt != nil }

    var timeLeft: Duration { startedAt + question.timeLimit - link.time.now }

    /// Stops waiting. The agent's run, if there is one, goes on, except where ``cancelsRun`` says otherwise.
    package func cancel() { finish(.failed(.cancelled)) }

    /// It is this turn's time: nobody else asks in this session now.
    func begin() {
        guard !isFinished else { return link.turnLeft(self) }
        link.withAccess { [weak self] access in
            guard let self, !isFinished else { return }
            switch access {
            case .usable: ask()
            case .refused: finish(.failed(.unauthorized))
            case .unreadable: beginAgain()
            }
        }
    }

    /// Too many files are open to read the token or to connect. That may pass in a moment; then the truth is said.
    func beginAgain() {
        stopWatching()
        sentAt = nil
        lastObstacle = .tooManyOpenFiles
        retries += 1
        guard retries <= Self.triesWithoutFiles, Self.pauseWithoutFiles < timeLeft else {
            return finish(.failed(.tooManyOpenFiles))
        }
        retry = link.time.schedule(after: Self.pauseWithoutFiles) { [weak self] in self?.begin() }
    }

    private static let triesWithoutFiles = 8
    private static let pauseWithoutFiles = Duration.milliseconds(500)

    /// In the form that the gateway takes now.
    func ask() {
        link.withForm(for: question) { [weak self] form in
            guard let self, !isFinished else { return }
            if form == .chat { sendAsChat() } else { send(form) }
        }
    }

    // MARK: Sending

    /// - Returns: false when whoever asked has cancelled it now.
    func announceSending() -> Bool {
        onUpdate(.sending(marker))
        return !isFinished
    }

    private func send(_ form: AgentLink.Form) {
        guard announceSending() else { return }
        let wait = form == .waited && question.wantsReply ? max(1, timeLeft.wholeSeconds - 2) : 0
        let token = link.token
        isSendOpen = true
        link.post(
            SessionsSendArguments(
                sessionKey: question.sessionKey, message: marker.mark(question.text), timeoutSeconds: wait),
            tool: "sessions_send", sessionKey: question.sessionKey, deadline: .seconds(wait + 15)
        ) { [weak self] result in
            guard let self else { return }
            isSendOpen = false
            if isFinished { return callEndedLate(result) }
            if isOverdue { link.turnLeft(self) }
            received(result, form: form, token: token)
        }
        sentAt = link.time.now
        if question.wantsReply { scheduleLook(after: HistoryPace.first) }
    }

    /// The history had the answer first; the call still tells whether an announce run follows.
    private func callEndedLate(_ result: Result<HTTPResponse, HTTPPortFailure>) {
        if case .success(let response) = result,
            let details = try? ToolResponse.sendResult(response), details.announces
        {
            link.expectAnnounce(question.sessionKey)
        }
        link.turnLeft(self)
    }

    private func received(
        _ result: Result<HTTPResponse, HTTPPortFailure>, form: AgentLink.Form, token: String?
    ) {
        switch result {
        case .failure(let failure) where !failure.mayHaveArrived: notSent(failure)
        case .failure(let failure):
            link.note("gateway call broke off", failure.reason)
            watch(markerWithin: nil)
            leaveLaneUnlessFound()
        case .success(let response):
            do {
                let details = try ToolResponse.sendResult(response)
                handle(SessionsSendResult(details), announces: details.announces, form: form)
            } catch {
                handle(error, token: token)
            }
        }
    }

    func notSent(_ failure: HTTPPortFailure) {
        link.note("gateway not reachable", failure.reason)
        if failure.hasTooManyOpenFiles { beginAgain() } else { sendAgain(after: nil, unavailable: true) }
    }

    /// A gateway that restarted may have lost the question: nobody is to wait until the deadline for that.
    private func leaveLaneUnlessFound() {
        link.time.schedule(after: AgentLink.graceForMarker) { [weak self] in
            guard let self, !isFinished, !isFound else { return }
            link.turnLeft(self)
            onUpdate(.leftLane)
        }
    }

    private func handle(_ result: SessionsSendResult, announces: Bool, form: AgentLink.Form) {
        if announces { link.expectAnnounce(question.sessionKey) }
        switch result {
        case .reply, .endedWithoutText, .running:
            guard question.wantsReply else { return finish(.noReply) }
            handleRun(result)
        case .uncertain, .runFailed:
            link.note("gateway answered with an error", "the history has to tell whether anything ran")
            if result == .runFailed { erredAt = link.time.now }
            watch(markerWithin: AgentLink.graceForMarker)
        case .noReply: finish(.noReply)
        case .selfSendRefused where form == .waited:
            link.switchToUnwaited()
            stopWatching()
            send(.unwaited)
        case .selfSendRefused, .refused: finish(.failed(.refused))
        case .forbidden: finish(.failed(.forbidden))
        }
    }

    /// The message arrived.
    private func handleRun(_ result: SessionsSendResult) {
        switch result {
        case .reply(let text) where text.containsBytes(of: marker.text):
            link.note("gateway gave our own question as the reply", "")
            handleRun(.endedWithoutText)
        case .reply(let text):
            guard link.announceMayBePending(question.sessionKey, since: startedAt) else { return reply(text) }
            unverifiedReply = text
            watch(markerWithin: AgentLink.graceForMarker)
            replyDue = link.time.schedule(after: AgentLink.graceForHistory) { [weak self] in
                self?.giveReplyInHand()
            }
            lookNow()
        case .endedWithoutText:
            runEndedAt = link.time.now
            watch(markerWithin: AgentLink.graceForMarker)
        default:
            isRunning = true
            watch(markerWithin: nil)
        }
    }

    func handle(_ error: GatewayError, token: String?) {
        link.note("gateway answered with an error", "\(error)")
        switch error.remedy {
        case .anotherToken:
            stopWatching()
            sentAt = nil
            lastObstacle = .unauthorized
            link.tokenRefused(token)
            begin()
        case .sendAgain(let seconds, let isDown):
            if isDown { link.workRefused() }
            sendAgain(after: seconds, unavailable: isDown)
        case .watchHistory: watch(markerWithin: AgentLink.graceForMarker)
        case .giveUp(let failure): finish(.failed(failure))
        }
    }

    /// Only for answers that prove that nothing ran: after Retry-After, else with short backoff.
    func sendAgain(after seconds: Int?, unavailable: Bool) {
        stopWatching()
        sentAt = nil
        lastObstacle = unavailable ? .unreachable : .rateLimited
        if unavailable, !saidUnavailable {
            saidUnavailable = true
            onUpdate(.gatewayUnavailable)
        }
        let backoff = min(Duration.milliseconds(250) * (1 << min(retries, 3)), .seconds(2))
        retries += 1
        let delay = seconds.map { max(.seconds($0), .milliseconds(250)) } ?? backoff
        guard delay < timeLeft else { return finish(.failed(lastObstacle ?? .unreachable)) }
        retry = link.time.schedule(after: delay) { [weak self] in self?.ask() }
    }

    // MARK: Ending

    func report(_ text: String) {
        if let text = ControlTokens.strip(text).flatMap(unsaid) { onUpdate(.progress(text)) }
    }

    func reply(_ text: String) {
        let nothing = saidKeys.isEmpty ? TurnOutcome.noReply : .saidInFull
        finish(ControlTokens.strip(text).flatMap(unsaid).map { .reply($0) } ?? nothing)
    }

    private func deadlinePassed() {
        // Recovering to the end means that the gateway never said whether it has the question.
        if isRecovering { return finish(.failed(.unreachable)) }
        if replyDue != nil { return giveReplyInHand() }
        guard sentAt != nil else { return finish(.failed(lastObstacle ?? .queuedTooLong)) }
        guard isSendOpen || isFound || isRunning else { return finish(.failed(.uncertain)) }
        let canGoOn = question.lateLimit > .zero && (chat != nil || link.isHistoryAllowed)
        guard canGoOn else { return finish(.failed(.timedOut)) }
        isOverdue = true
        deadline = link.time.schedule(after: question.lateLimit) { [weak self] in
            self?.finish(.failed(.timedOut))
        }
        onUpdate(.overdue)
        if chat == nil { watch(markerWithin: nil) }
        // The next question of the session need not wait for this one any more.
        if !isSendOpen { link.turnLeft(self) }
    }

    func finish(_ outcome: TurnOutcome) {
        guard !isFinished else { return }
        isFinished = true
        deadline?.cancel()
        if let chat {
            chat.cancel()
            (self.chat, isSendOpen) = (nil, false)
        }
        retry?.cancel()
        stopWatching()
        onUpdate(.finished(outcome))
        if !isSendOpen { link.turnLeft(self) }
        link.turnEnded(self)
    }
}
