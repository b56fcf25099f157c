import Agent
import ClawdTalkAPI
import Logging
import Ports

/// A text that asks for something sensitive needs the owner's yes on the telephone, whoever sent it: a sender's number is
/// easily forged. Without a yes the agent is not asked, and the sender is told.
extension TextDesk {
    /// - Returns: false when the text needs no approval.
    func asksForApproval(_ entry: TextEntry) -> Bool {
        guard ports.settings.policy.needsApproval(entry.text.body) else { return false }
        // One at a time: many requests at once would wear the owner's no out.
        guard approvals.isEmpty else { return true }
        let number = entry.number
        busy.insert(number)
        log.info("asking for approval of a text", metadata: entry.metadata())
        let request = ApprovalRequest(requests: requests, time: time, onAsked: {}) { [weak self] outcome in
            self?.decided(number, outcome)
        }
        approvals[number] = request
        request.start(action: "Text from \(entry.text.sender): \(entry.text.body)")
        return true
    }

    /// `approval.responded`, of a text or of something else.
    package func approvalResponded(id: String, decision: String) {
        for request in approvals.values { request.responded(id: id, decision: decision) }
    }

    private func decided(_ number: Int, _ outcome: ApprovalRequest.Outcome) {
        approvals[number] = nil
        guard let entry = ledger.open[number] else { return }
        var details = entry.metadata()
        details["outcome"] = "\(outcome.rawValue)"
        log.info("approval of a text", metadata: details)
        busy.remove(number)
        wake()
        switch outcome {
        case .approved: approved.insert(number)
        case .denied, .timedOut, .failed, .notAsked:
            answered(entry, ports.settings.phrases.textNotApproved)
        }
    }
}
