import ClawdTalkAPI
import Logging
import OpenClaw

/// From a text to the agent's answer: the agent is asked once.
extension TextDesk {
    /// Nobody waits on the line; but whoever calls meanwhile waits behind this.
    private static let timeLimit = Duration.seconds(600)
    /// A run that takes longer than this hour in all is reported as such.
    private static let lateLimit = Duration.seconds(3_000)

    /// What is not written down is not asked: a crash would ask it again. Only then does it take a place in the lane, so
    /// that a slow disk holds up no caller.
    func ask(_ entry: TextEntry) {
        let (number, marker) = (entry.number, link.newMarker())
        busy.insert(number)
        inLane = number
        mayBeTakenBack.insert(number)
        var asked = entry
        asked.state = .asked(marker: marker)
        ledger.put(asked) { [weak self] isSaved in
            guard let self, isRunning else { return }
            guard isSaved else {
                mayBeTakenBack.remove(number)
                ledger.put(entry)
                leaveLane(number)
                return tryLater(number)
            }
            var question = question(about: asked)
            question.marker = marker
            start(question, number)
        }
    }

    /// - Parameter marker: under which the agent may have been asked already.
    func recover(_ entry: TextEntry, _ marker: Marker) {
        busy.insert(entry.number)
        var question = question(about: entry)
        question.earlier = EarlierAsking(
            marker: marker, since: ports.clock.earliestUnixTime(of: entry.receivedAt))
        start(question, entry.number)
    }

    private func question(about entry: TextEntry) -> AgentQuestion {
        var question = AgentQuestion(
            sessionKey: ports.settings.sessionKey,
            text: TextInstructions.message(for: entry.text, isApproved: approved.contains(entry.number)),
            timeLimit: Self.timeLimit)
        question.lateLimit = Self.lateLimit
        question.mayStream = false
        return question
    }

    private func start(_ question: AgentQuestion, _ number: Int) {
        turns[number] = link.ask(question) { [weak self] in self?.handle($0, number) }
    }

    private func handle(_ update: TurnUpdate, _ number: Int) {
        guard isRunning, let entry = ledger.open[number] else { return }
        switch update {
        case .sending:
            mayBeTakenBack.insert(number)
            // A text of an earlier process takes its place here.
            inLane = inLane ?? number
        // Nothing was asked: the lane is not to be held while the gateway is away.
        case .gatewayUnavailable: turns[number]?.cancel()
        case .progress, .said: break
        case .overdue, .leftLane: leaveLane(number)
        case .finished(let outcome):
            turns[number] = nil
            leaveLane(number)
            finished(entry, outcome)
        }
    }

    /// Texts of which it is certain that the agent was not asked are as they were: the next process need not look.
    func takeBack() {
        for number in mayBeTakenBack where turns[number]?.isWithGateway != true {
            if let entry = ledger.open[number] { putBack(entry) }
        }
        mayBeTakenBack = []
    }

    private func putBack(_ entry: TextEntry) {
        var entry = entry
        entry.state = .received
        ledger.put(entry)
    }

    private func leaveLane(_ number: Int) {
        guard inLane == number else { return }
        inLane = nil
        wake()
    }

    private func finished(_ entry: TextEntry, _ outcome: TurnOutcome) {
        let wasAskedHere = mayBeTakenBack.remove(entry.number) != nil
        switch outcome {
        case .reply(let text):
            let reply = MessageText.make(from: text)
            reply.isEmpty ? finishedSilently(entry) : answered(entry, reply)
        case .noReply, .saidInFull: finishedSilently(entry)
        case .failed(let failure) where failure.mayHaveActed:
            log.warning("a text has no answer", metadata: entry.metadata(failure: "\(failure)"))
            answered(entry, ports.settings.phrases.textSentence(for: failure))
        case .failed(let failure):
            if wasAskedHere { putBack(entry) }
            log.notice("a text was not asked", metadata: entry.metadata(failure: "\(failure)"))
            tryLater(entry.number)
        }
    }

    private func finishedSilently(_ entry: TextEntry) {
        finish(entry, answerID: nil, "the agent answers a text with nothing")
    }

    func answered(_ entry: TextEntry, _ reply: String) {
        var entry = entry
        entry.state = .answered(reply: reply)
        log.debug("answer", metadata: ["text": "\(reply)"])
        advance(entry)
    }
}

extension TurnFailure {
    /// Whether the agent may have acted; asking again could do things twice.
    var mayHaveActed: Bool {
        switch self {
        case .timedOut, .uncertain, .agentFailed: true
        case .unauthorized, .toolNotAllowed, .forbidden, .refused, .notAGateway, .rateLimited, .unreachable,
            .tooManyOpenFiles, .queuedTooLong, .cancelled:
            false
        }
    }
}
