package import Agent
package import ClawdTalkAPI
package import Logging
package import Ports

/// Tells the agent how calls ended: each call once, several in one message, and what cannot be told now is kept in the spool.
///
/// A report must not be in the way of a caller, who may call again at once: it waits until no call is in progress and the last
/// one ended `reports.after_seconds` ago, but no longer than 30 minutes after the end of its own call.
package final class ReportDesk {
    private var ports: MessagePorts
    private let lanes: Lanes
    private let time: any Timekeeper
    private let log: Logger
    private let ledger: SpoolLedger<ReportEntry>
    /// Of the message that is under way; one at a time.
    private var told: Set<Int> = []
    private var turn: Turn?
    /// Whether the message goes out from this process: its failure then tells that the agent was not told.
    private var mayBeTakenBack = false
    private var timer: (any Cancellable)?
    private var failures = 0
    private var isRunning = false
    /// When a call ended last.
    private var lastEnd: Duration?

    /// Whether a call is in progress.
    package var hasLiveCall: () -> Bool = { false }

    /// From the end of a call until its report goes out, whatever other calls do.
    private static let longestWait = Duration.seconds(30 * 60)
    private static let timeLimit = Duration.seconds(60)
    /// Calls in one message.
    private static let longestMessage = 20
    /// In seconds, from the end of a call: later its outcome is no news.
    private static let lifetime = 7 * 24 * 3600

    package init(_ ports: MessagePorts, lanes: Lanes, time: any Timekeeper, log: Logger) {
        (self.ports, self.lanes, self.time, self.log) = (ports, lanes, time, log)
        ledger = SpoolLedger(ports.reports, clock: ports.clock, log: log)
    }

    /// Calls that the agent was not told of yet.
    package var waitingCount: Int { ledger.open.count }
    /// Beyond this many waiting reports no more are taken: they are a flood.
    private static let capacity = 1_000

    /// Takes up what earlier processes left.
    package func start() {
        ledger.load()
        isRunning = true
        lastEnd = ledger.open.values.map { ports.clock.age(of: $0.endedAt) }.min().map {
            time.now - .seconds($0)
        }
        waitAnew()
    }

    /// Counts for what comes from now on.
    package func apply(_ settings: MessageSettings) {
        ports.settings = settings
        waitAnew()
    }

    /// Begins nothing more; what is under way is found again by the next process, and what waits in the lane leaves it.
    package func stop() {
        isRunning = false
        timer?.cancel()
        ledger.close()
        // Calls of which it is certain that the agent was not told are as they were: the next process need not look.
        if mayBeTakenBack, turn?.isWithAgent != true { move(told, to: .pending) }
        turn?.cancel()
    }

    /// Takes the end of a call; one that came before is dropped.
    package func accept(_ outcome: CallOutcome) {
        guard !ledger.knows(outcome.callID) else { return }
        lastEnd = time.now
        defer { waitAnew() }
        guard isInScope(outcome) else { return }
        guard waitingCount < Self.capacity else { return log.warning("ignored a call's end: too many wait") }
        let entry = ReportEntry(
            number: ledger.nextNumber(), outcome: outcome, endedAt: ports.clock.stamp)
        ledger.put(entry)
    }

    private func isInScope(_ outcome: CallOutcome) -> Bool {
        switch ports.settings.reportScope {
        case .all: true
        case .outbound: outcome.direction == "outbound"
        case .none: false
        }
    }

    // MARK: Waiting

    /// How long the next message still has to wait.
    private var pause: Duration {
        let longest = ledger.open.values.map { Self.longestWait - .seconds(ports.clock.age(of: $0.endedAt)) }
            .min()
        let isQuietAt = (lastEnd ?? time.now) + ports.settings.reportsAfter
        let rest = hasLiveCall() ? Self.longestWait : isQuietAt - time.now
        return max(.zero, min(rest, longest ?? .zero))
    }

    /// A message that is under way, or that failed and has its own pace, is left alone.
    private func waitAnew() {
        guard isRunning, !ledger.open.isEmpty, turn == nil, failures == 0 else { return }
        timer?.cancel()
        tellSoon(after: pause)
    }

    // MARK: Telling

    private func tellSoon(after delay: Duration) {
        timer = time.schedule(after: delay) { [weak self] in
            guard let self else { return }
            timer = nil
            if isRunning { tell() }
        }
    }

    private func tell() {
        ledger.saveRest()
        forgetOld()
        guard let first = ledger.open.values.min(by: { $0.number < $1.number }) else { return }
        guard pause == .zero else { return tellSoon(after: pause) }
        // Those of one earlier message belong together: its marker tells of all.
        let batch = ledger.open.values.filter { $0.state == first.state }.sorted { $0.number < $1.number }
            .prefix(first.state == .pending ? Self.longestMessage : .max)
        var question = AgentQuestion(
            .report, text: CallReport.message(for: Array(batch), age: ports.clock.age),
            timeLimit: Self.timeLimit)
        question.wantsReply = false
        told = Set(batch.map(\.number))
        if case .told(let receipt) = first.state {
            let times = batch.map { ports.clock.earliestUnixTime(of: $0.endedAt) }
            question.earlier = EarlierAsking(
                receipt: receipt, since: times.min() ?? ports.clock.earliestUnixTime(of: first.endedAt))
            mayBeTakenBack = false
            turn = lanes.ask(question) { [weak self] in self?.handle($0) }
        } else {
            mayBeTakenBack = true
            turn = lanes.ask(question) { [weak self] receipt, completion in
                self?.writeDown(receipt, completion)
            } onUpdate: { [weak self] in
                self?.handle($0)
            }
        }
    }

    private func writeDown(_ receipt: Receipt, _ completion: @escaping (_ areWritten: Bool) -> Void) {
        move(told, to: .told(receipt: receipt)) { [weak self] areSaved in
            guard let self, isRunning else { return }
            completion(areSaved)
        }
    }

    private func forgetOld() {
        for entry in ledger.open.values where ports.clock.age(of: entry.endedAt) >= Self.lifetime {
            log.warning("gave up a call's report", metadata: ["report": "\(entry.number)"])
            move([entry.number], to: .givenUp(at: ports.clock.now))
        }
    }

    private func handle(_ update: TurnUpdate) {
        guard isRunning else { return }
        switch update {
        case .sending: mayBeTakenBack = true
        // The lane is not to be held while the gateway is away.
        case .gatewayUnavailable: turn?.cancel()
        case .progress, .said, .overdue: break
        case .finished(let outcome): finished(outcome)
        }
    }

    /// - Parameter completion: called with whether all of it is saved.
    private func move(
        _ numbers: Set<Int>, to state: ReportEntry.State, then completion: @escaping (Bool) -> Void = { _ in }
    ) {
        let entries = numbers.sorted().compactMap { ledger.open[$0] }.filter { $0.state != state }
        ledger.put(
            entries.map { entry in
                var entry = entry
                entry.state = state
                return entry
            }, then: completion)
    }

    private func tellLater() {
        failures += 1
        tellSoon(after: RetryPace.delay(afterFailures: failures))
    }

    private func finished(_ outcome: TurnOutcome) {
        let wasToldHere = mayBeTakenBack
        (turn, mayBeTakenBack) = (nil, false)
        switch outcome {
        // Uncertain after a recovery stays so: the history cannot be read.
        case .failed(let failure) where failure != .agentFailed && (failure != .uncertain || wasToldHere):
            // These two leave open whether it arrived, and the next try finds out; the others say that it did not.
            if wasToldHere, failure != .timedOut, failure != .uncertain { move(told, to: .pending) }
            // What the spool could not take is in the log already.
            if failure != .notWrittenDown {
                log.notice(
                    "a call's report waits", metadata: ["calls": "\(told.count)", "failure": "\(failure)"])
            }
            tellLater()
        default:
            move(told, to: .done(at: ports.clock.now))
            if outcome == .failed(.uncertain) {
                log.warning(
                    "it is not known whether the agent was told how calls ended",
                    metadata: ["calls": "\(told.count)"])
            } else {
                log.info("the agent was told how calls ended", metadata: ["calls": "\(told.count)"])
            }
            failures = 0
            if !ledger.open.isEmpty { tellSoon(after: .zero) }
        }
    }
}
