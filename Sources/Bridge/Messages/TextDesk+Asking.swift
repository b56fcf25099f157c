import Agent
import ClawdTalkAPI
import Logging
import Ports

/// From a text to the agent's answer: the agent is asked once.
extension TextDesk {
    /// Nobody waits on the line; but whoever calls meanwhile waits behind this.
    private static let timeLimit = Duration.seconds(600)
    /// A run that takes longer than this hour in all is reported as such.
    private static let lateLimit = Duration.seconds(3_000)

    func session(of entry: TextEntry) -> AgentSession {
        lanes.policy.session(for: .text(sender: entry.text.sender))
    }

    func ask(_ entry: TextEntry) {
        let number = entry.number
        busy.insert(number)
        inLane[session(of: entry)] = number
        mayBeTakenBack.insert(number)
        turns[number] = lanes.ask(question(about: entry)) { [weak self] receipt, completion in
            self?.writeDown(entry, receipt, completion)
        } onUpdate: { [weak self] in
            self?.handle($0, number)
        }
    }

    private func writeDown(
        _ entry: TextEntry, _ receipt: Receipt, _ completion: @escaping (_ isWritten: Bool) -> Void
    ) {
        var asked = entry
        asked.state = .asked(receipt: receipt)
        ledger.put(asked) { [weak self] isSaved in
            guard let self, isRunning else { return }
            completion(isSaved)
        }
    }

    /// - Parameter receipt: of the question that the agent may have been asked already.
    func recover(_ entry: TextEntry, _ receipt: Receipt) {
        let number = entry.number
        busy.insert(number)
        var question = question(about: entry)
        question.earlier = EarlierAsking(
            receipt: receipt, since: ports.clock.earliestUnixTime(of: entry.receivedAt))
        turns[number] = lanes.ask(question) { [weak self] in self?.handle($0, number) }
    }

    private func question(about entry: TextEntry) -> AgentQuestion {
        var question = AgentQuestion(
            .text(sender: entry.text.sender),
            text: TextInstructions.message(for: entry.text, isApproved: approved.contains(entry.number)),
            timeLimit: Self.timeLimit)
        question.lateLimit = Self.lateLimit
        question.mayStream = false
        return question
    }

    private func handle(_ update: TurnUpdate, _ number: Int) {
        guard isRunning, let entry = ledger.open[number] else { return }
        switch update {
        case .sending:
            mayBeTakenBack.insert(number)
            // A text of an earlier process takes its place here.
            if inLane[session(of: entry)] == nil { inLane[session(of: entry)] = number }
        // Nothing was asked: the lane is not to be held while the gateway is away.
        case .gatewayUnavailable: turns[number]?.cancel()
        case .progress, .said: break
        case .overdue: leaveLane(entry)
        case .finished(let outcome):
            turns[number] = nil
            leaveLane(entry)
            finished(entry, outcome)
        }
    }

    /// Texts of which it is certain that the agent was not asked are as they were: the next process need not look.
    func takeBack() {
        for number in mayBeTakenBack where turns[number]?.isWithAgent != true {
            if let entry = ledger.open[number] { putBack(entry) }
        }
        mayBeTakenBack = []
    }

    private func putBack(_ entry: TextEntry) {
        var entry = entry
        entry.state = .received
        ledger.put(entry)
    }

    private func leaveLane(_ entry: TextEntry) {
        guard inLane[session(of: entry)] == entry.number else { return }
        inLane[session(of: entry)] = nil
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
            // What the spool could not take is in the log already.
            if failure != .notWrittenDown { noteUnasked(entry, failure) }
            tryLater(entry.number)
        }
    }

    private func noteUnasked(_ entry: TextEntry, _ failure: TurnFailure) {
        log.notice("a text was not asked", metadata: entry.metadata(failure: "\(failure)"))
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
