import Agent
import Logging
import Ports

/// What an earlier process left: the agent is asked only when it is certain that it was not.
extension HangupDesk {
    /// Nobody waits on the line; but whoever calls meanwhile waits behind this.
    private static let timeLimit = Duration.seconds(600)
    private static let lateLimit = Duration.seconds(3_000)

    /// An entry as another process left it.
    func takeUp(_ entry: HangupEntry) {
        switch entry.state {
        case .telling(let answer, let at):
            // That process wrote this down and was gone at once: as a rule before a word of it was said.
            var entry = entry
            entry.state = .answered(answer, at: at)
            ledger.put(entry)
        case .texting(let answer, let at): textLeft(entry, answer, at)
        case .calling:
            // A call cannot be looked up, and nobody is called twice for one answer.
            log.warning(
                "it is not known whether the owner was called with an answer", metadata: entry.metadata())
            done(entry, "an answer is not repeated")
        case .asked, .answered, .done, .givenUp: break
        }
    }

    /// - Parameter receipt: of the question that the agent may have been asked already.
    func recover(_ entry: HangupEntry, _ receipt: Receipt) {
        let number = entry.number
        busy.insert(number)
        var question = AgentQuestion(.call(entry.callID), text: entry.message, timeLimit: Self.timeLimit)
        (question.lateLimit, question.mayStream) = (Self.lateLimit, false)
        question.earlier = EarlierAsking(
            receipt: receipt, since: ports.clock.earliestUnixTime(of: entry.askedAt))
        turns[number] = lanes.ask(question) { [weak self] in self?.handle($0, number) }
    }

    private func handle(_ update: TurnUpdate, _ number: Int) {
        guard isRunning, let entry = ledger.open[number] else { return }
        switch update {
        // The lane is not to be held while the gateway is away.
        case .gatewayUnavailable: turns[number]?.cancel()
        case .sending, .progress, .said, .overdue: break
        case .finished(let outcome):
            turns[number] = nil
            if case .failed(let failure) = outcome, !failure.mayHaveActed {
                log.notice(
                    "an answer could not be looked for", metadata: entry.metadata(failure: "\(failure)"))
                return tryLater(number)
            }
            answered(entry, HangupAnswer(outcome, parts: [], phrases: ports.settings.phrases))
        }
    }
}
