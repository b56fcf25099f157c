import Agent
import ClawdTalkAPI
import Logging
import Ports

/// From the agent's answer to a message that the service has: it is sent once.
extension TextDesk {
    /// In seconds: how far the service's clock may be behind ours.
    private static let clockTolerance = 120

    func beginSending(_ entry: TextEntry, _ reply: String) {
        var sending = entry
        sending.state = .sending(reply: reply, since: ports.clock.stamp)
        busy.insert(entry.number)
        ledger.put(sending) { [weak self, sending] isSaved in
            guard let self, isRunning else { return }
            if isSaved { return post(sending, reply) }
            ledger.put(entry)
            tryLater(entry.number)
        }
    }

    private func post(_ entry: TextEntry, _ reply: String) {
        busy.insert(entry.number)
        requests.sendText(reply, to: entry.text.sender) { [weak self] result in
            switch result {
            case .success(let sent): self?.finish(entry, answerID: sent.id, "text answered")
            case .failure(let failure): self?.notSent(entry, reply, failure)
            }
        }
    }

    private func notSent(_ entry: TextEntry, _ reply: String, _ failure: RESTFailure) {
        log.notice(
            "an answer to a text was not sent",
            metadata: entry.metadata(failure: "\(failure.summary)"))
        switch failure {
        case .refused(let refusal) where [400, 403, 404, 422].contains(refusal.status):
            return giveUp(entry, because: "the service refuses the answer: \(failure.summary)")
        case .refused where failure.status != 429, .noAnswer, .unreadable: break
        case .notSent, .refused:
            // Certainly not sent: nothing need be looked up before the next try.
            var entry = entry
            entry.state = .answered(reply: reply)
            ledger.put(entry)
        }
        tryLater(entry.number, notBefore: failure.pause)
    }

    /// Whether an answer that may have been sent is in the service's list; if not, it is sent again.
    func lookWhetherSent(_ entry: TextEntry, _ reply: String, since stamp: Timestamp) {
        let since = ports.clock.earliestUnixTime(of: stamp)
        busy.insert(entry.number)
        requests.textsSent(to: entry.text.sender) { [weak self] result in
            guard let self else { return }
            switch result {
            case .success(let list):
                if let found = list.messages.first(where: { isAnswer($0, reply, to: entry, since: since) }) {
                    finish(entry, answerID: found.id, "text answered")
                } else {
                    post(entry, reply)
                }
            case .failure(let failure):
                log.notice(
                    "the service's list of messages cannot be read",
                    metadata: entry.metadata(failure: "\(failure.summary)"))
                tryLater(entry.number, notBefore: failure.pause)
            }
        }
    }

    /// The answer to an earlier text is none to this one, though it may have the same words.
    private func isAnswer(
        _ message: StoredMessage, _ reply: String, to entry: TextEntry, since: Int
    ) -> Bool {
        !ledger.finished.contains { $0.answerID != nil && $0.answerID == message.id }
            && message.to ?? entry.text.sender == entry.text.sender
            && message.createdAt ?? since >= since - Self.clockTolerance
            && Self.words(message.body ?? "") == Self.words(reply)
    }

    /// The service may trim blanks and change line ends.
    private static func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}

extension RESTFailure {
    /// In seconds: a header must not silence us for good.
    private static let longestRetryAfter = 3_600

    /// What the service asks for with 429 and 503.
    var pause: Duration {
        .seconds(min(max(retryAfterSeconds ?? 0, 0), Self.longestRetryAfter))
    }
}
