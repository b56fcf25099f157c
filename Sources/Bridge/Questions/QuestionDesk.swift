package import ClawdTalkAPI
package import Logging
package import OpenClaw

/// Answers the service's deep tool requests: each exactly once, with progress on the way.
package final class QuestionDesk {
    private struct Open {
        let request: DeepToolRequest
        let pacer: ProgressPacer
        let turn: AgentTurn
        let receivedAt: Duration
    }

    private let settings: BridgeSettings
    private let link: AgentLink
    private let time: any Timekeeper
    private let log: Logger
    private var open: [String: Open] = [:]
    private var seen = RecentIDs(capacity: 2_000)
    private var asked = 0

    package private(set) var answeredCount = 0
    package private(set) var failedCount = 0

    /// Speaks on the way; may be lost with the connection.
    package var onProgress: (ClientMessage) -> Void = { _ in }
    /// Takes an answer that must arrive.
    package var onResult: (ClientMessage, _ callID: String?) -> Void = { _, _ in }

    package init(settings: BridgeSettings, link: AgentLink, time: any Timekeeper, log: Logger) {
        (self.settings, self.link, self.time, self.log) = (settings, link, time, log)
    }

    package var openCount: Int { open.count }

    /// Takes a request; one that came before is not asked again.
    package func accept(_ request: DeepToolRequest) {
        guard seen.insert(request.requestID) else {
            return log.notice("ignored a request that came before", metadata: metadata(request))
        }
        log.info("question received", metadata: metadata(request))
        log.debug("question", metadata: ["text": "\(request.query)"])
        guard !request.query.allSatisfy(\.isWhitespace) else {
            return onResult(
                .deepToolResult(requestID: request.requestID, text: Phrases.emptyQuestion), request.callID)
        }
        ask(request)
    }

    private func ask(_ request: DeepToolRequest) {
        let id = request.requestID
        let isWaiting = link.isBusy(settings.sessionKey)
        asked += 1
        let pacer = ProgressPacer(time: time, pace: settings.progress, firstPhrase: asked) {
            [weak self] text in
            self?.onProgress(.deepToolProgress(requestID: id, text: text))
        }
        let turn = link.ask(
            AgentQuestion(
                sessionKey: settings.sessionKey, text: settings.voice.message(for: request.query),
                timeLimit: settings.replyTimeLimit)
        ) { [weak self] update in self?.handle(update, for: id) }
        open[id] = Open(request: request, pacer: pacer, turn: turn, receivedAt: time.now)
        if isWaiting { pacer.speak(Phrases.waitingBehindOther) } else { pacer.start() }
    }

    /// Nobody hears the progress any more; the agent goes on, and its answer is dropped.
    package func callEnded(_ callID: String) {
        for (id, entry) in open where entry.request.callID == callID {
            entry.pacer.stop()
            open[id] = nil
            // A question that nobody waits for any more need not be asked; one that was asked takes its course, unless
            // the gateway ends it with the stream.
            if !entry.turn.isWithGateway || entry.turn.cancelsRun { entry.turn.cancel() }
            log.info("call ended before the answer", metadata: metadata(entry.request))
        }
    }

    /// Answers what is open with the truth, because the bridge ends.
    package func stop() {
        for id in open.keys { finish(id, Phrases.stopping, isAnswer: false) }
    }

    private func handle(_ update: TurnUpdate, for id: String) {
        guard let entry = open[id] else { return }
        switch update {
        case .sending, .overdue: break
        case .gatewayUnavailable: entry.pacer.speak(Phrases.gatewayUnavailable)
        case .progress(let text), .said(let text):
            let speech = SpeechText.make(from: text)
            if !speech.isEmpty { entry.pacer.speak(speech) }
        case .finished(let outcome): answer(id, outcome)
        }
    }

    private func answer(_ id: String, _ outcome: TurnOutcome) {
        if case .reply(let text) = outcome {
            let speech = SpeechText.make(from: text)
            if !speech.isEmpty { return finish(id, speech, isAnswer: true) }
        }
        finish(id, Phrases.sentence(for: outcome), isAnswer: outcome == .saidInFull, outcome: outcome)
    }

    private func finish(_ id: String, _ text: String, isAnswer: Bool, outcome: TurnOutcome? = nil) {
        guard let entry = open.removeValue(forKey: id) else { return }
        entry.pacer.stop()
        if isAnswer { answeredCount += 1 } else { failedCount += 1 }
        var details = metadata(entry.request)
        details["took_ms"] = "\((time.now - entry.receivedAt).milliseconds)"
        if case .failed(let failure) = outcome { details["failure"] = "\(failure)" }
        log.info(isAnswer ? "question answered" : "question ended without an answer", metadata: details)
        log.debug("answer", metadata: ["text": "\(text)"])
        onResult(.deepToolResult(requestID: id, text: text), entry.request.callID)
    }

    private func metadata(_ request: DeepToolRequest) -> Logger.Metadata {
        ["request": "\(request.requestID.prefix(80))", "call": "\((request.callID ?? "-").prefix(80))"]
    }
}
