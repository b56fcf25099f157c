package import Agent
package import ClawdTalkAPI
package import Logging
package import Ports

/// Answers text messages: each once, whatever is killed in between.
///
/// A text is in the spool before anything else happens to it, and each step is there before it is taken: after a crash
/// the history tells whether the agent was asked, and the service's list whether the answer was sent. A sender's texts
/// are answered one after another; of all texts at most one waits in the agent's lane, so that a caller's question
/// never stands behind many.
package final class TextDesk {
    private(set) var ports: MessagePorts
    let requests: ServiceRequests
    let lanes: Lanes
    let time: any Timekeeper
    let log: Logger
    let ledger: SpoolLedger<TextEntry>
    /// Entries for which a turn, a request or a timer is under way.
    var busy: Set<Int> = []
    var turns: [Int: Turn] = [:]
    /// Of each session the text that waits for the agent, or is with it.
    var inLane: [AgentSession: Int] = [:]
    /// Entries whose question goes out from this process: its failure then tells that nothing was asked.
    var mayBeTakenBack: Set<Int> = []
    /// Requests for the owner's yes, and the texts that have it.
    var approvals: [Int: ApprovalRequest] = [:]
    var approved: Set<Int> = []
    private var failures: [Int: Int] = [:]
    private(set) var isRunning = false
    private var isAwake = false

    /// In seconds, from the arrival of a text: longer nothing is tried.
    private static let lifetime = 24 * 3600
    /// Beyond this many waiting texts no more are taken: they are a flood.
    private static let capacity = 1_000

    package init(
        _ ports: MessagePorts, requests: ServiceRequests, lanes: Lanes, time: any Timekeeper, log: Logger
    ) {
        (self.ports, self.requests, self.lanes, self.time, self.log) = (ports, requests, lanes, time, log)
        ledger = SpoolLedger(ports.texts, clock: ports.clock, log: log)
    }

    /// Texts that are not answered yet.
    package var waitingCount: Int { ledger.open.count }

    /// Takes up what earlier processes left.
    package func start() {
        ledger.load()
        isRunning = true
        if !ledger.open.isEmpty {
            log.notice("texts wait in the spool", metadata: ["count": "\(waitingCount)"])
        }
        for entry in ledger.open.values {
            // The request of the process that is gone may still be under way.
            if case .sending = entry.state { tryLater(entry.number) }
        }
        wake()
    }

    /// Counts for what comes from now on.
    package func apply(_ settings: MessageSettings) { ports.settings = settings }

    /// Begins nothing more; what is under way is found again by the next process. A text that waits in the lane must
    /// leave it: its turn may come after this desk is gone, and would be asked without being written down.
    package func stop() {
        isRunning = false
        ledger.close()
        takeBack()
        turns.values.forEach { $0.cancel() }
        turns = [:]
        approvals.values.forEach { $0.cancel() }
        approvals = [:]
    }

    /// Takes a text message; one that came before is dropped.
    package func accept(_ text: IncomingText) {
        let id = text.messageID.flatMap { $0.isEmpty ? nil : $0 }
        let details: Logger.Metadata = ["message": "\((id ?? "-").prefix(80))"]
        guard !ledger.knows(id) else {
            return log.notice("ignored a text that came before", metadata: details)
        }
        guard ports.settings.allowedSenders?.contains(text.sender) ?? true else {
            return log.notice("ignored a text: sms.allow does not have its sender", metadata: details)
        }
        guard !OptOutKeyword.matches(text.body) else {
            return log.notice("left a keyword to the service", metadata: details)
        }
        guard !text.body.allSatisfy(\.isWhitespace) else {
            return log.notice("ignored a text without words", metadata: details)
        }
        guard waitingCount < Self.capacity else {
            return log.warning("ignored a text: too many wait", metadata: details)
        }
        let entry = TextEntry(
            number: ledger.nextNumber(),
            text: IncomingText(messageID: id, sender: text.sender, body: text.body),
            receivedAt: ports.clock.stamp)
        log.debug("text", metadata: ["text": "\(text.body)"])
        // Nobody is asked about it before it is kept, the owner's phone included; a disk that refuses holds up nothing.
        busy.insert(entry.number)
        ledger.put(entry) { [weak self] isSaved in
            if isSaved { self?.log.info("text received", metadata: details) }
            self?.busy.remove(entry.number)
            self?.wake()
        }
    }

    // MARK: Order

    /// Looks for work soon, and not inside this call.
    func wake() {
        guard !isAwake else { return }
        isAwake = true
        time.schedule(after: .zero) { [weak self] in
            guard let self else { return }
            isAwake = false
            if isRunning { work() }
        }
    }

    private func work() {
        ledger.saveRest()
        var senders: Set<String> = []
        for entry in ledger.open.values.sorted(by: { $0.number < $1.number }) {
            guard senders.insert(entry.text.sender).inserted, !busy.contains(entry.number) else { continue }
            work(on: entry)
        }
    }

    private func work(on entry: TextEntry) {
        guard ports.clock.age(of: entry.receivedAt) < Self.lifetime else {
            return giveUp(entry, because: "24 h are over")
        }
        switch entry.state {
        case .received where !approved.contains(entry.number) && asksForApproval(entry): break
        case .received: if inLane[session(of: entry)] == nil { ask(entry) }
        case .asked(let receipt): recover(entry, receipt)
        case .answered(let reply): beginSending(entry, reply)
        case .sending(let reply, let since): lookWhetherSent(entry, reply, since: since)
        case .done, .givenUp: break
        }
    }

    // MARK: Endings

    /// The step that was under way failed; it is tried again.
    func tryLater(_ number: Int, notBefore pause: Duration = .zero) {
        failures[number, default: 0] += 1
        busy.insert(number)
        let delay = max(RetryPace.delay(afterFailures: failures[number] ?? 1), pause)
        time.schedule(after: delay) { [weak self] in
            self?.busy.remove(number)
            self?.wake()
        }
    }

    /// A step was taken: the next begins without a wait.
    func advance(_ entry: TextEntry) {
        failures[entry.number] = nil
        busy.remove(entry.number)
        if entry.finishedAt != nil { approved.remove(entry.number) }
        ledger.put(entry)
        wake()
    }

    /// - Parameter answerID: the service's id of the answer, if there is one.
    func finish(_ entry: TextEntry, answerID: String?, _ event: Logger.Message) {
        var entry = entry
        log.info(event, metadata: entry.metadata())
        entry.state = .done(at: ports.clock.now, answerID: answerID)
        advance(entry)
    }

    func giveUp(_ entry: TextEntry, because reason: String) {
        var entry = entry
        log.warning("gave up a text", metadata: entry.metadata(failure: reason))
        entry.state = .givenUp(at: ports.clock.now)
        advance(entry)
    }
}

extension TextEntry {
    /// No contents and no numbers of telephones.
    func metadata(failure: String? = nil) -> Logger.Metadata {
        var details: Logger.Metadata = ["text": "\(number)", "message": "\((serviceID ?? "-").prefix(80))"]
        if let failure { details["failure"] = "\(failure)" }
        return details
    }
}
