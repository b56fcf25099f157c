import Wire

/// Watching the session's history for the row with our marker and what follows it.
extension AgentTurn {
    static let usualHistoryLimit = 30
    private static let longestHistoryLimit = 480

    /// Finds out whether this was asked before, outside the lane; if not, it is asked in its turn.
    func recover() {
        guard !isFinished else { return }
        isRecovering = true
        historyLimit = Self.longestHistoryLimit
        sentAt = link.time.now
        link.withAccess { [weak self] access in
            guard let self, !isFinished else { return }
            switch access {
            case .usable: watch(markerWithin: AgentLink.graceForMarker)
            case .refused: finish(.failed(.unauthorized))
            case .unreadable: finish(.failed(.tooManyOpenFiles))
            }
        }
    }

    func wasNotAskedBefore() {
        isRecovering = false
        sentAt = nil
        stopWatching()
        link.enqueue(self)
    }

    /// The answer of the call was not the reply: the history is watched until the reply or the deadline.
    /// - Parameter limit: how long the marker may take to appear; nil when the run is known to go on.
    func watch(markerWithin limit: Duration?) {
        isWatching = true
        guard link.isHistoryAllowed else { return historyUnavailable() }
        if let limit, !isFound { markerDueAt = markerDueAt ?? link.time.now + limit }
        if look == nil { scheduleLook(after: .zero) }
    }

    func stopWatching() {
        isWatching = false
        look?.cancel()
        replyDue?.cancel()
        (look, replyDue) = (nil, nil)
        (markerDueAt, unverifiedReply, candidate, failedSince, erredAt) = (nil, nil, nil, nil, nil)
    }

    func scheduleLook(after delay: Duration) {
        look?.cancel()
        look = link.time.schedule(after: delay) { [weak self] in self?.lookNow() }
    }

    func lookNow() {
        look?.cancel()
        look = nil
        guard !isFinished, link.isHistoryAllowed else { return historyUnavailable() }
        let lookedAt = link.time.now
        // The marker is found best without the rows of tools, and only with them it is sure that all rows are there.
        let includesTools = isRecovering && hasSeenPlainHistory && !hasSeenAll
        look = link.post(
            SessionsHistoryArguments(
                sessionKey: question.sessionKey, limit: historyLimit, includesTools: includesTools),
            tool: "sessions_history", sessionKey: question.sessionKey, deadline: .seconds(15)
        ) { [weak self] result in
            guard let self, !isFinished else { return }
            look = nil
            read(result, includesTools: includesTools)
            guard !isFinished else { return }
            let pace = max(
                HistoryPace.next(afterWatching: link.time.now - (sentAt ?? link.time.now)), retryAfter(result)
            )
            scheduleLook(after: max(.zero, lookedAt + pace - link.time.now))
        }
    }

    private func read(_ result: Result<HTTPResponse, HTTPPortFailure>, includesTools: Bool) {
        guard case .success(let response) = result else {
            // A gateway that is away has said nothing about the marker; one that was read, and hangs now, has.
            if unverifiedReply != nil, replyDue == nil { checkMarkerIsDue() }
            return
        }
        do {
            let history = try ToolResponse.result(response, as: SessionHistory.self)
            link.historyRead()
            if let earlier = question.earlier {
                hasSeenPlainHistory = true
                if history.reaches(earlier.since, fullCount: includesTools ? historyLimit : nil) {
                    hasSeenAll = true
                }
            }
            apply(TurnReading(rows: history.rows, marker: marker))
        } catch .toolNotAllowed, .blocked {
            link.historyRefused()
            if !link.isHistoryAllowed { historyUnavailable() }
        } catch .unavailable {
            // It is suspended or restarting, and has said nothing about the marker either.
            link.workRefused()
        } catch .unauthorized {
            // A repeated wrong token would lock the bridge out: looking ends unless another token is found.
            link.tokenRefused(link.token)
            link.withAccess { [weak self] in if $0 != .usable { self?.historyUnavailable() } }
        } catch .unreadable where unverifiedReply != nil {
            historyUnavailable()
        } catch {
            checkMarkerIsDue()
        }
    }

    private func retryAfter(_ result: Result<HTTPResponse, HTTPPortFailure>) -> Duration {
        guard case .success(let response) = result, response.status == 429 || response.status == 503 else {
            return .zero
        }
        return .seconds(response.head.fields["Retry-After"].flatMap { ASCII.decimal($0) } ?? 0)
    }

    private func apply(_ reading: TurnReading) {
        // From now on the history decides whose reply it is that came in the call.
        replyDue?.cancel()
        replyDue = nil
        if reading.isAnnounced { link.expectAnnounce(question.sessionKey) }
        guard reading.isFound else {
            if isFound { widenHistory() }
            return checkMarkerIsDue()
        }
        (isFound, isRecovering, markerDueAt) = (true, false, nil)
        if lastSign?.rowCount != reading.rowCount { lastSign = (link.time.now, reading.rowCount) }
        guard question.wantsReply else { return finish(.noReply) }
        if reading.isFailed { return considerFailure() }
        failedSince = nil
        if let final = reading.final { return reply(final) }
        for said in reading.intermediate where spoken.insert(said.key).inserted { report(said.text) }
        if reading.isOver { return finish(.noReply) }
        consider(reading.candidate)
        if let erredAt, link.time.now - max(erredAt, lastSign?.at ?? .zero) >= AgentLink.graceForMarker {
            return finish(.failed(.uncertain))
        }
        // A run that ended with nothing for the history: such rows are dropped there.
        if let runEndedAt, reading.candidate == nil,
            link.time.now - runEndedAt >= AgentLink.graceForMarker
        {
            finish(.noReply)
        }
    }

    /// After an error the gateway may go on with another model: only an error that stays the last word is one.
    private func considerFailure() {
        let since = failedSince ?? link.time.now
        failedSince = since
        if !isSendOpen, link.time.now - since >= .seconds(2) { finish(.failed(.agentFailed)) }
    }

    /// More rows than the window holds came after our marker.
    private func widenHistory() {
        historyLimit = min(historyLimit * 4, Self.longestHistoryLimit)
    }

    /// A text without stop reason is the answer when nothing follows it for two seconds; while the call is
    /// open its own answer is awaited.
    private func consider(_ said: TurnReading.Said?) {
        guard let said else { return candidate = nil }
        guard let seen = candidate, seen.said == said else { return candidate = (said, link.time.now) }
        if isWatching, link.time.now - seen.since >= .seconds(2) { reply(said.text) }
    }

    private func checkMarkerIsDue() {
        guard let due = markerDueAt, link.time.now >= due else { return }
        // Before giving up, one look at as many rows as there may be.
        guard historyLimit == Self.longestHistoryLimit else {
            historyLimit = Self.longestHistoryLimit
            return
        }
        if isRecovering, hasSeenAll { wasNotAskedBefore() } else { finish(.failed(.uncertain)) }
    }

    /// The history gave no answer in time: nothing says that the reply belongs to another run.
    func giveReplyInHand() {
        replyDue = nil
        guard !isFinished, let unverifiedReply else { return }
        link.note("gateway gives no history", "the reply of the call is taken as it is")
        reply(unverifiedReply)
    }

    /// Nothing can be checked: a reply that came in the call is believed, a missing one stays missing.
    private func historyUnavailable() {
        guard !isFinished else { return }
        if let unverifiedReply { return reply(unverifiedReply) }
        if isWatching { finish(.failed(.uncertain)) }
    }
}
