package import Agent
import ClawdTalkAPI
package import Logging
package import Ports

/// Answers what is asked: each question exactly once, with progress on the way.
package final class QuestionDesk {
    private(set) var settings: BridgeSettings
    private(set) var phrases: Phrases
    let lanes: Lanes
    let requests: ServiceRequests
    let time: any Timekeeper
    let log: Logger
    private(set) var policy: ApprovalPolicy
    private var stopWords: SpokenPhrases
    private(set) var approveWords: SpokenPhrases
    private(set) var denyWords: SpokenPhrases
    private(set) var open: [Int: OpenQuestion] = [:]
    /// Requests that wait for a spoken yes or no, by call.
    var unapproved: [String: (question: Question, until: Duration)] = [:]
    private var seen = RecentIDs<AnswerChannel>(capacity: 2_000)
    private var results = KeptResults()
    private var isStopped = false
    private var isDraining = false
    private var lastNumber = 0

    package private(set) var answeredCount = 0
    package private(set) var failedCount = 0
    package private(set) var answerTimes = AnswerTimes()

    /// Says something for a question, in order.
    package var onUtterance: (Utterance) -> Void = { _ in }
    /// Whether the agent made a call, so that anybody may be on the line.
    package var isOutbound: (_ callID: String) -> Bool = { _ in false }
    /// A question found the gateway away.
    package var onGatewayUnavailable: () -> Void = {}
    /// The service asks again for a result that it was given.
    var onAskedAgain: (Question, _ result: ClientMessage) -> Void = { _, _ in }
    /// A question was taken, under this number.
    package var onAccepted: (Question, _ number: Int) -> Void = { _, _ in }

    /// How long a reply may come late and is still spoken, while the call lives.
    static let lateLimit = Duration.seconds(900)
    /// Questions at once: beyond them the service is out of its mind.
    private static let mostOpen = 500

    package init(
        settings: BridgeSettings, lanes: Lanes, requests: ServiceRequests, time: any Timekeeper,
        log: Logger
    ) {
        (self.settings, self.lanes, self.requests, self.time, self.log) = (
            settings, lanes, requests, time, log
        )
        phrases = Phrases(settings.conversation)
        policy = ApprovalPolicy(settings.conversation)
        stopWords = SpokenPhrases(phrases.stopWords)
        approveWords = SpokenPhrases(phrases.approveWords)
        denyWords = SpokenPhrases(phrases.denyWords)
    }

    /// Counts for the questions that come from now on; the key and the session stay.
    package func apply(_ settings: BridgeSettings) {
        self.settings = settings
        phrases = Phrases(settings.conversation)
        policy = ApprovalPolicy(settings.conversation)
        stopWords = SpokenPhrases(phrases.stopWords)
        approveWords = SpokenPhrases(phrases.approveWords)
        denyWords = SpokenPhrases(phrases.denyWords)
    }

    /// What comes from now on is told to ask again in a moment.
    package func drain() { isDraining = true }

    package var openCount: Int { open.values.count { !$0.isOverdue } }

    package var approvalsWaiting: Int {
        open.values.count { if case .approval = $0.stage { true } else { false } }
            + unapproved.values.count { $0.until > time.now }
    }

    /// Whether something that was said in this call is being answered.
    func isAnsweringSpeech(in callID: String) -> Bool {
        open.values.contains { $0.question.channel == .speech(callID: callID) && !$0.isOverdue }
    }

    func isStopWord(_ text: String) -> Bool { stopWords.contains(text) }

    /// Takes a question; a request that came before is not asked again.
    package func accept(_ question: Question) {
        guard !isStopped else { return }
        guard isNew(question) else { return cameBefore(question) }
        log.info("question received", metadata: question.metadata)
        log.debug("question", metadata: ["text": "\(question.text)"])
        let entry = open(question)
        onAccepted(question, entry.number)
        if isDraining { return finish(entry, phrases.restarting) }
        guard open.count <= Self.mostOpen else { return finish(entry, phrases.rateLimited) }
        if question.text.allSatisfy(\.isWhitespace) { return finish(entry, phrases.emptyQuestion) }
        if stopsWaiting(entry) || decidesApproval(entry) || testsPush(entry) { return }
        if policy.needsApproval(question.text) { askForApproval(entry) } else { ask(entry) }
    }

    /// What a caller says has no id: everything is new.
    private func isNew(_ question: Question) -> Bool {
        if case .speech = question.channel { true } else { seen.insert(question.channel) }
    }

    private func cameBefore(_ question: Question) {
        guard let result = results.result(of: question, now: time.now) else {
            return log.notice("ignored a request that came before", metadata: question.metadata)
        }
        log.notice("a request came again: its result is given again", metadata: question.metadata)
        onAskedAgain(question, result)
    }

    /// Answers a request with a sentence at once; nobody is asked, and one that came before gets what it got then.
    func refuse(_ question: Question, _ text: String) {
        guard !isStopped else { return }
        log.notice("a request came too late", metadata: question.metadata)
        if isNew(question) || results.result(of: question, now: time.now) == nil {
            keep(text, isAnswer: false, for: question)
        }
        if let result = results.result(of: question, now: time.now) { onAskedAgain(question, result) }
    }

    /// A request of the process before this one, and what whoever asked is told of it: it is not asked again.
    func remember(_ question: Question, toldBy result: ClientMessage, _ text: String) {
        _ = isNew(question)
        results.keep(result, of: question, text: text, now: time.now)
    }

    /// The last word on a question, for a service that asks for it again.
    func keep(_ text: String, isAnswer: Bool, for question: Question) {
        results.keep(
            question.channel.result(text, isAnswer: isAnswer), of: question, text: text, now: time.now)
    }

    private func open(_ question: Question) -> OpenQuestion {
        lastNumber += 1
        let number = lastNumber
        var pace = ProgressPacer.Pace()
        (pace.firstAfter, pace.every) = (
            settings.conversation.firstProgressAfter, settings.conversation.progressEvery
        )
        let pacer = ProgressPacer(time: time, pace: pace, fillers: phrases.fillers, first: number) {
            [weak self] text in
            self?.say(text, for: number)
        }
        let entry = OpenQuestion(number: number, question: question, pacer: pacer, receivedAt: time.now)
        open[number] = entry
        return entry
    }

    private func say(_ text: String, for number: Int) {
        if let entry = open[number] { say(text, .progress, for: entry) }
    }

    /// - Returns: false where nothing can be said before the result.
    @discardableResult
    func say(_ text: String, _ kind: Utterance.Kind, for entry: OpenQuestion) -> Bool {
        guard let message = entry.question.channel.progress(text) else { return false }
        onUtterance(
            Utterance(
                message: message, text: text, kind: kind, question: entry.question, number: entry.number))
        return true
    }

    /// "Stop" ends the wait for everything else in the call. Nothing claims that the agent stopped.
    private func stopsWaiting(_ entry: OpenQuestion) -> Bool {
        guard open.count > 1, let callID = entry.question.callID else { return false }
        let others = entries(in: callID).filter { $0 !== entry }
        guard !others.isEmpty, isStopWord(entry.question.text) else { return false }
        unapproved[callID] = nil
        for other in others {
            // What was said already needs no second ending.
            if other.isOverdue { drop(other) } else { finish(other, phrases.stoppedWaiting) }
        }
        finish(entry, phrases.acknowledged, isAnswer: true)
        return true
    }

    private func entries(in callID: String) -> [OpenQuestion] {
        open.values.filter { $0.question.callID == callID }.sorted { $0.number < $1.number }
    }

    /// Nobody hears anything of this call any more.
    package func callEnded(_ callID: String) {
        unapproved[callID] = nil
        for entry in entries(in: callID) {
            drop(entry)
            log.info("call ended before the answer", metadata: entry.question.metadata)
        }
    }

    /// Answers what is open with the truth, because the bridge ends.
    package func stop() {
        isStopped = true
        for entry in open.values.sorted(by: { $0.number < $1.number }) {
            if entry.isOverdue { drop(entry) } else { finish(entry, phrases.stopping) }
        }
    }

    // MARK: Ending

    /// The last word on a question.
    func finish(
        _ entry: OpenQuestion, _ text: String, isAnswer: Bool = false, outcome: TurnOutcome? = nil
    ) {
        guard open[entry.number] != nil else { return }
        tell(entry, text, isAnswer: isAnswer, outcome: outcome)
        drop(entry)
    }

    /// The one result that whoever asked gets.
    func tell(_ entry: OpenQuestion, _ text: String, isAnswer: Bool, outcome: TurnOutcome? = nil) {
        entry.pacer.stop()
        if isAnswer { answeredCount += 1 } else { failedCount += 1 }
        let waited = time.now - entry.receivedAt
        if isAnswer { answerTimes.add(waited) }
        keep(text, isAnswer: isAnswer, for: entry.asked)
        onUtterance(
            Utterance(
                message: entry.question.channel.result(text, isAnswer: isAnswer), text: text,
                kind: .result(waited: waited), question: entry.question,
                number: entry.number))
        // Whoever waits comes before the log.
        var details = entry.question.metadata
        details["took_ms"] = "\(waited.milliseconds)"
        if case .failed(let failure) = outcome { details["failure"] = "\(failure)" }
        log.info(isAnswer ? "question answered" : "question ended without an answer", metadata: details)
        log.debug("answer", metadata: ["text": "\(text)"])
    }

    /// Forgets a question. What the gateway has takes its course, what it does not have is not asked any more.
    func drop(_ entry: OpenQuestion) {
        open[entry.number] = nil
        entry.pacer.stop()
        let stage = entry.stage
        entry.stage = .none
        switch stage {
        case .agent(let turn): turn.cancel()
        case .approval(let request): request.cancel()
        case .none: break
        }
    }
}
