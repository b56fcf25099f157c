import Agent
import ClawdTalkAPI
import Logging
import Ports

/// The owner's yes: on the telephone, or spoken where no telephone can be reached. Nothing is executed without it.
extension QuestionDesk {
    /// How long a spoken yes or no counts.
    private static let timeToSpeak = Duration.seconds(60)
    /// In bytes, with all the words of politeness around.
    private static let longestTestPhrase = 60
    private static let testPhrases = [["test", "push"], ["test", "notification"]]

    func askForApproval(_ entry: OpenQuestion) {
        log.info("asking for approval", metadata: entry.question.metadata)
        let request = ApprovalRequest(requests: requests, time: time) { [phrases, weak entry] in
            entry?.pacer.fillers = phrases.approvalFillers
            entry?.pacer.speak(phrases.approvalAsked)
        } onOutcome: { [weak self, weak entry] outcome in
            if let entry { self?.decided(entry, outcome) }
        }
        entry.stage = .approval(request)
        entry.pacer.fillers = phrases.tryingFillers
        entry.pacer.start()
        request.start(action: entry.question.text)
    }

    /// `approval.responded`.
    package func approvalResponded(id: String, decision: String) {
        for entry in open.values {
            if case .approval(let request) = entry.stage { request.responded(id: id, decision: decision) }
        }
    }

    private func decided(_ entry: OpenQuestion, _ outcome: ApprovalRequest.Outcome) {
        entry.stage = .none
        var details = entry.question.metadata
        details["outcome"] = "\(outcome.rawValue)"
        log.info("approval", metadata: details)
        switch outcome {
        case .approved: askApproved(entry)
        case .denied: finish(entry, phrases.approvalDenied)
        case .timedOut: finish(entry, phrases.approvalTimedOut)
        case .failed: finish(entry, phrases.approvalFailed)
        case .notAsked: askForSpokenApproval(entry)
        }
    }

    private func askApproved(_ entry: OpenQuestion) {
        entry.isApproved = true
        entry.pacer.fillers = phrases.fillers
        ask(entry)
    }

    /// Without a call nobody could answer; in a call that the agent made, somebody else would; and a yes to one of two
    /// requests could be meant for the other.
    private func askForSpokenApproval(_ entry: OpenQuestion) {
        guard let callID = entry.question.callID, !isOutbound(callID),
            unapproved[callID].map({ $0.until <= time.now }) ?? true
        else { return finish(entry, phrases.approvalFailed) }
        unapproved[callID] = (entry.question, time.now + Self.timeToSpeak)
        finish(entry, phrases.approvalBySpeech)
    }

    /// Whether a question is the yes or no to an earlier request of its call. Anything else takes that request off
    /// the table, so that a later yes can mean nothing but what was just asked.
    func decidesApproval(_ entry: OpenQuestion) -> Bool {
        guard let callID = entry.question.callID, let pending = unapproved.removeValue(forKey: callID),
            pending.until > time.now
        else { return false }
        let text = entry.question.text
        if denyWords.contains(text) || isStopWord(text) {
            finish(entry, phrases.deniedBySpeech, isAnswer: true)
            return true
        }
        guard approveWords.contains(text) else { return false }
        log.info("approved by speech", metadata: entry.question.metadata)
        entry.question = Question(
            channel: entry.question.channel, callID: callID, text: pending.question.text)
        entry.pacer.start()
        askApproved(entry)
        return true
    }

    /// "Test push" asks for an approval of nothing, and says whether a device was told.
    func testsPush(_ entry: OpenQuestion) -> Bool {
        let text = entry.question.text
        // Most questions need not be taken apart.
        guard text.utf8.count <= Self.longestTestPhrase, text.lowercased().containsBytes(of: "test") else {
            return false
        }
        let words = SpokenWords(text)
        guard Self.testPhrases.contains(where: { words.firstIndex(of: $0) != nil })
        else {
            return false
        }
        entry.pacer.start()
        requests.createApproval(action: "Test notification", timeToDecide: ApprovalRequest.timeToDecide) {
            [weak self, weak entry] result in
            guard let self, let entry else { return }
            switch result {
            case .success(let creation) where creation.devices_notified ?? 0 > 0:
                finish(entry, phrases.testPushSent, isAnswer: true)
            case .success: finish(entry, phrases.testPushNoDevice)
            case .failure: finish(entry, phrases.testPushFailed)
            }
        }
        return true
    }
}
