package import Agent
import ClawdTalkAPI
package import Logging
package import Ports

/// Sees to it that the owner gets the answer of a question whose caller hung up, or who asked to have it sent: each answer
/// once, whatever is killed in between.
///
/// An entry is in the spool before anything else happens to it, and each step is there before it is taken. While the process
/// lives that took the question, ``QuestionDesk`` listens to the agent; a later process asks the history.
package final class HangupDesk {
    private(set) var ports: MessagePorts
    let requests: ServiceRequests
    let lanes: Lanes
    let texts: TextDesk
    let time: any Timekeeper
    let log: Logger
    let ledger: SpoolLedger<HangupEntry>
    /// Entries for which a turn, a request or a timer is under way, or whose question this process is asking.
    var busy: Set<Int> = []
    var turns: [Int: Turn] = [:]
    /// The inbound call that began last, while it lasts.
    private(set) var call: String?
    /// Answers that this call does not begin with: there are newer ones.
    private var passedOver: Set<Int> = []
    private var failures: [Int: Int] = [:]
    private var looks: [Int: any Cancellable] = [:]
    private(set) var isRunning = false
    private var isAwake = false

    /// Says something in a call that belongs to no question. - Returns: false when it cannot be said now.
    package var say: (_ text: String, _ entry: HangupEntry, _ callID: String) -> Bool = { _, _, _ in false }
    /// Whether a call is in progress.
    package var hasLiveCall: () -> Bool = { false }

    /// In seconds, from the answer on: after that nobody expects it at the beginning of a call.
    private static let timeToTell = 3600
    /// In seconds, from the question until it is found, and from the answer until it is sent.
    private static let lifetime = 24 * 3600
    /// In seconds, from the answer on: no call lasts longer, or its end was lost.
    private static let longestWait = 1800
    /// Calls whose end was lost end without an event.
    private static let lookInterval = Duration.seconds(60)
    /// Answers at the beginning of a call.
    private static let mostTold = 3
    /// Beyond this many no more are taken: they are a flood.
    private static let capacity = 1_000

    /// - Returns: nil where nothing of this is kept.
    package init?(
        _ ports: MessagePorts, texts: TextDesk, requests: ServiceRequests, lanes: Lanes, time: any Timekeeper,
        log: Logger
    ) {
        guard let spool = ports.hangups else { return nil }
        (self.ports, self.texts, self.requests) = (ports, texts, requests)
        (self.lanes, self.time, self.log) = (lanes, time, log)
        ledger = SpoolLedger(spool, clock: ports.clock, log: log)
        texts.onEnded = { [weak self] in self?.textEnded($0, wasSent: $1) }
    }

    /// What becomes of a question whose caller hangs up and has not said what to do.
    var way: AfterHangup { ports.settings.afterHangup }
    /// Whether answers can be sent.
    var hasNumber: Bool { ports.settings.ownerNumber != nil }
    var hasRoom: Bool { ledger.open.count < Self.capacity }
    /// Answers, or questions without one yet, that the owner was not told of.
    package var waitingCount: Int { ledger.open.count }

    /// Takes up what earlier processes left. ``TextDesk`` must have been started.
    package func start() {
        ledger.load()
        isRunning = true
        for entry in ledger.open.values.sorted(by: { $0.number < $1.number }) { takeUp(entry) }
        wake()
    }

    /// Counts for what comes from now on.
    package func apply(_ settings: MessageSettings) {
        ports.settings = settings
        wake()
    }

    /// Begins nothing more; what is under way is found again by the next process.
    package func stop() {
        isRunning = false
        ledger.close()
        turns.values.forEach { $0.cancel() }
        turns = [:]
    }

    // MARK: Questions of this process

    /// Takes a question that the agent has, or for which it stands in line.
    /// - Parameters:
    ///   - message: as the agent is asked.
    ///   - age: since it came, which was before the agent can have been asked.
    ///   - completion: called when it is kept, or the disk refused.
    /// - Returns: its number, for ``finished(_:_:parts:)`` or ``withdraw(_:)``.
    func keep(
        _ question: Question, message: String, receipt: Receipt, way: AfterHangup, age: Duration,
        then completion: @escaping () -> Void = {}
    ) -> Int {
        let (now, seconds) = (ports.clock.stamp, Int(age.components.seconds) + 1)
        let entry = HangupEntry(
            number: ledger.nextNumber(), question: question, message: message, receipt: receipt, way: way,
            askedAt: Timestamp(unix: now.unix - seconds, steady: now.steady - seconds))
        busy.insert(entry.number)
        ledger.put(entry) { [log] isSaved in
            if isSaved { log.info("an answer is kept for after the call", metadata: entry.metadata()) }
            completion()
        }
        return entry.number
    }

    /// The owner said how to get the answer, after it was clear that it is kept.
    func change(_ number: Int, to way: AfterHangup, then completion: @escaping () -> Void) {
        guard var entry = ledger.open[number], case .asked = entry.state else { return completion() }
        entry.way = way
        ledger.put(entry) { _ in completion() }
    }

    /// The agent's work for a question is over.
    func finished(_ number: Int, _ outcome: TurnOutcome, parts: [String]) {
        guard isRunning, let entry = ledger.open[number], case .asked = entry.state else { return }
        answered(entry, HangupAnswer(outcome, parts: parts, phrases: ports.settings.phrases))
    }

    /// Nobody wants the answer any more.
    func withdraw(_ number: Int) {
        guard isRunning, let entry = ledger.open[number], case .asked = entry.state else { return }
        log.info("an answer is not waited for any more", metadata: entry.metadata())
        end(entry, .givenUp(at: ports.clock.now))
    }

    // MARK: Calls

    /// The owner's call was greeted.
    package func callStarted(_ callID: String) {
        call = callID
        passedOver = Set(tellable.dropLast(Self.mostTold).map(\.number))
        wake()
    }

    package func callEnded(_ callID: String) {
        if call == callID { call = nil }
        wake()
    }

    /// What can be said in a call now, the newest last.
    private var tellable: [HangupEntry] {
        let ready = ledger.open.values.compactMap { entry -> (HangupEntry, Int)? in
            guard case .answered(_, let at) = entry.state, way(of: entry) == .finish else { return nil }
            return (entry, ports.clock.age(of: at))
        }
        return ready.filter { $0.1 < Self.timeToTell }
            .sorted { ($0.1, $1.0.number) > ($1.1, $0.0.number) }.map(\.0)
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
        for entry in ledger.open.values.sorted(by: { $0.number < $1.number })
        where !busy.contains(entry.number) {
            switch entry.state {
            case .asked(let receipt): find(entry, receipt)
            case .answered(let answer, let at): pass(on: entry, answer, at)
            case .telling, .texting, .calling, .done, .givenUp: break
            }
        }
    }

    private func find(_ entry: HangupEntry, _ receipt: Receipt) {
        guard ports.clock.age(of: entry.askedAt) < Self.lifetime else {
            log.notice("an answer could not be looked for in 24 h", metadata: entry.metadata())
            let outcome = TurnOutcome.failed(.uncertain)
            return answered(entry, HangupAnswer(outcome, parts: [], phrases: ports.settings.phrases))
        }
        recover(entry, receipt)
    }

    private func pass(on entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp) {
        let (way, age) = (way(of: entry), ports.clock.age(of: at))
        let limit = way == .finish ? Self.timeToTell : Self.lifetime
        guard age < limit else { return giveUp(entry, because: "its time is over") }
        switch way {
        case .finish, .cancel:
            if let call, !passedOver.contains(entry.number) {
                tell(entry, answer, at, in: call)
            } else {
                // It is not kept for longer than it can be told.
                look(at: entry, in: .seconds(limit - age))
            }
        case .text: send(entry, answer, at)
        // The owner's line may be busy with a call to us.
        case .callBack where hasLiveCall() && age < Self.longestWait: look(at: entry, in: Self.lookInterval)
        case .callBack: callBack(entry, answer, at)
        }
    }

    private func look(at entry: HangupEntry, in delay: Duration) {
        looks[entry.number]?.cancel()
        looks[entry.number] = time.schedule(after: delay) { [weak self] in self?.wake() }
    }

    /// Without a number an answer can only be said in a call.
    func way(of entry: HangupEntry) -> AfterHangup { hasNumber ? entry.way : .finish }

    // MARK: Endings

    func answered(_ entry: HangupEntry, _ answer: HangupAnswer) {
        var entry = entry
        entry.state = .answered(answer, at: ports.clock.stamp)
        log.debug("answer after the call", metadata: ["text": "\(answer.written)"])
        advance(entry)
    }

    /// A step was taken: the next begins without a wait.
    func advance(_ entry: HangupEntry) {
        failures[entry.number] = nil
        busy.remove(entry.number)
        ledger.put(entry)
        wake()
    }

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

    func done(_ entry: HangupEntry, _ event: Logger.Message) {
        log.info(event, metadata: entry.metadata())
        end(entry, .done(at: ports.clock.now))
    }

    func giveUp(_ entry: HangupEntry, because reason: String) {
        log.notice("gave up an answer for after the call", metadata: entry.metadata(failure: reason))
        end(entry, .givenUp(at: ports.clock.now))
    }

    private func end(_ entry: HangupEntry, _ state: HangupEntry.State) {
        looks.removeValue(forKey: entry.number)?.cancel()
        passedOver.remove(entry.number)
        var entry = entry
        entry.state = state
        advance(entry)
    }
}

extension HangupEntry {
    /// No contents and no numbers of telephones.
    func metadata(failure: String? = nil) -> Logger.Metadata {
        var details: Logger.Metadata = [
            "answer": "\(number)", "way": "\(way.rawValue)", "request": "\(requestID.prefix(80))",
        ]
        if let failure { details["failure"] = "\(failure)" }
        return details
    }
}
