import ClawdTalkAPI
import Logging
import OpenClaw

/// From a text to the agent's answer: the agent is asked once.
extension TextDesk {
    /// Nobody waits on the line; but whoever calls meanwhile waits behind this.
    private static let timeLimit = Duration.seconds(600)
    /// A run that takes longer than this hour in all is reported as such.
    private static let lateLimit = Duration.seconds(3_000)

    /// - Parameter marker: under which the agent may have been asked already.
    func ask(_ entry: TextEntry, earlierMarker marker: Marker?) {
        let number = entry.number
        var question = AgentQuestion(
            sessionKey: ports.settings.sessionKey,
            text: TextInstructions.message(for: entry.text, isApproved: approved.contains(number)),
            timeLimit: Self.timeLimit)
        question.lateLimit = Self.lateLimit
        question.mayStream = false
        question.earlier = marker.map { EarlierAsking(marker: $0, since: entry.receivedAt) }
        busy.insert(number)
        if marker == nil { inLane = number }
        turns[number] = link.ask(question) { [weak self] in self?.handle($0, number) }
    }

    private func handle(_ update: TurnUpdate, _ number: Int) {
        guard isRunning, let entry = ledger.open[number] else { return }
        switch update {
        case .sending(let marker): noteAsked(entry, marker)
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

    /// What is not written down is not asked: a crash would ask it again.
    private func noteAsked(_ entry: TextEntry, _ marker: Marker) {
        var asked = entry
        asked.state = .asked(marker: marker)
        if asked != entry, !ledger.put(asked) {
            ledger.put(entry)
            turns[entry.number]?.cancel()
        } else {
            sentHere.insert(entry.number)
            // A text of an earlier process takes its place here.
            inLane = inLane ?? entry.number
        }
    }

    private func leaveLane(_ number: Int) {
        guard inLane == number else { return }
        inLane = nil
        wake()
    }

    private func finished(_ entry: TextEntry, _ outcome: TurnOutcome) {
        let wasSentHere = sentHere.remove(entry.number) != nil
        switch outcome {
        case .reply(let text):
            let reply = MessageText.make(from: text)
            reply.isEmpty ? finishedSilently(entry) : answered(entry, reply)
        case .noReply, .saidInFull: finishedSilently(entry)
        case .failed(let failure) where failure.mayHaveActed:
            log.warning("a text has no answer", metadata: entry.metadata(failure: "\(failure)"))
            answered(entry, ports.settings.phrases.textSentence(for: failure))
        case .failed(let failure):
            if wasSentHere {
                var entry = entry
                entry.state = .received
                ledger.put(entry)
            }
            // A disk that is full was named already.
            if wasSentHere || failure != .cancelled {
                log.notice("a text was not asked", metadata: entry.metadata(failure: "\(failure)"))
            }
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
            .queuedTooLong, .cancelled:
            false
        }
    }
}
