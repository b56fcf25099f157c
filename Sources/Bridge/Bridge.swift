import Agent
import ClawdTalkAPI
package import Logging
import Ports

/// The behaviour between the service and the gateway. It sees no socket and no clock of its own: both come
/// from outside, so that every rule can be tested in memory. Used from one thread.
package final class Bridge {
    private(set) var settings: BridgeSettings
    private(set) var phrases: Phrases
    package private(set) var ports: BridgePorts
    let line: ServiceLine
    let desk: QuestionDesk
    let texts: TextDesk?
    let reports: ReportDesk?
    let joiner: UtteranceJoiner
    let log: Logger
    var calls = CallBook()
    private var outbox = Outbox()
    private var lastPong: Duration?
    private var silence = SilenceMeter()
    /// Called when all that is open is answered and delivered, while the bridge drains.
    private var onDrained: (() -> Void)?

    /// The bridge gave up; ``stop(_:)`` need not be called.
    package var onExit: (BridgeExit) -> Void {
        get { line.onExit }
        set { line.onExit = newValue }
    }

    /// Called once, after the first login.
    package var onFirstReady: (() -> Void)?

    package init(settings: BridgeSettings, ports: BridgePorts, log: Logger) {
        (self.settings, self.ports, self.log) = (settings, ports, log)
        phrases = Phrases(settings.conversation)
        line = ServiceLine(
            connector: ports.connector, time: ports.time, random: ports.chance.unit,
            authentication: settings.authentication, log: log)
        desk = QuestionDesk(
            settings: settings, lanes: ports.lanes, requests: ports.requests, time: ports.time, log: log)
        joiner = UtteranceJoiner(time: ports.time)
        texts = ports.messages.map {
            TextDesk($0, requests: ports.requests, lanes: ports.lanes, time: ports.time, log: log)
        }
        reports = ports.messages.map { ReportDesk($0, lanes: ports.lanes, time: ports.time, log: log) }
        connectParts()
    }

    private func connectParts() {
        line.hasLiveCall = { [weak self] in self?.hasLiveCall ?? false }
        reports?.hasLiveCall = { [weak self] in self?.hasLiveCall ?? false }
        line.onReady = { [weak self] in self?.ready() }
        line.onEvent = { [weak self] in self?.handle($0) }
        line.onPong = { [weak self] in self?.pong($0) }
        desk.isOutbound = { [weak self] in self?.calls.isOutbound($0) ?? false }
        desk.onAccepted = { [weak self] in self?.accepted($0, $1) }
        desk.onAskedAgain = { [weak self] in self?.giveAgain($0, $1) }
        desk.onUtterance = { [weak self] in self?.utter($0) }
        desk.onGatewayUnavailable = { [weak self] in self?.ports.gateway?.look() }
        joiner.isAnswering = { [weak self] in self?.desk.isAnsweringSpeech(in: $0) ?? false }
        joiner.isUrgent = { [weak self] in self?.desk.isStopWord($0) ?? false }
        joiner.onQuestion = { [weak self] callID, text in
            self?.desk.accept(Question(channel: .speech(callID: callID), callID: callID, text: text))
        }
    }

    package func start() {
        warn()
        ports.clock?.start()
        ports.gateway?.look()
        if let past = ports.journal?.recover() { takeUp(past) }
        texts?.start()
        reports?.start()
        line.start()
    }

    /// Whoever waits for the process before this one hears the truth; calls that were greeted are not greeted again, and
    /// those that ended are not revived.
    private func takeUp(_ past: CallJournal.Past) {
        let now = ports.time.now
        for (callID, age) in past.greetedCalls { calls.recover(callID, lastHeard: now - .seconds(age)) }
        for (callID, age) in past.endedCalls.sorted(by: { $0.value > $1.value }) {
            calls.ended(callID, at: now - .seconds(age))
        }
        for question in past.open {
            log.notice("a question was open when the last process ended", metadata: question.metadata)
            let result = question.channel.result(phrases.interrupted, isAnswer: false)
            desk.remember(question, toldBy: result, phrases.interrupted)
            outbox.add(
                result, callID: question.callID, resultOf: question.channel, now: ports.time.now)
        }
    }

    /// Other settings for what comes from now on; the line, the calls and the session stay. The key counts at the next
    /// login.
    /// - Parameters:
    ///   - messages: of texts and reports.
    ///   - recorder: keeps the calls; nil keeps nothing more.
    package func apply(
        _ settings: BridgeSettings, messages: MessageSettings, recorder: (any CallRecorder)?
    ) {
        (self.settings, phrases) = (settings, Phrases(settings.conversation))
        ports.recorder = recorder
        ports.requests.rest.apiKey = settings.apiKey
        line.authentication = settings.authentication
        desk.apply(settings)
        texts?.apply(messages)
        reports?.apply(messages)
        warn()
    }

    private func warn() {
        for name in Phrases.unknownNames(in: settings.conversation.phrases) {
            log.warning("phrases has an unknown name", metadata: ["name": "\(name.prefix(60))"])
        }
        for rule in desk.policy.unreadableRules {
            log.warning("approvals.rules has a line without \"verb: objects\"", metadata: ["line": "\(rule)"])
        }
    }

    /// Waits until what is open is answered and the service has the answers, at most for `limit`, and then stops. What
    /// is asked meanwhile is told to be asked again in a moment.
    package func drain(within limit: Duration, _ completion: @escaping () -> Void) {
        desk.drain()
        onDrained = { [weak self] in self?.stop(completion) }
        ports.time.schedule(after: limit) { [weak self] in self?.drained() }
        lookWhetherDrained()
    }

    private func lookWhetherDrained() {
        outbox.takeExpired(now: ports.time.now).forEach(lose)
        if onDrained != nil, desk.openCount == 0, outbox.waitingCount == 0 { drained() }
    }

    private func drained() {
        let action = onDrained
        onDrained = nil
        action?()
    }

    /// Tells the callers that the bridge ends, closes the line with 1000 and calls back within 3 s.
    package func stop(_ completion: @escaping () -> Void) {
        onDrained = nil
        ports.gateway?.stop()
        joiner.stop()
        desk.stop()
        texts?.stop()
        reports?.stop()
        ports.clock?.stop()
        line.stop(completion)
    }

    package func machineWoke() { line.machineWoke() }

    /// Files or variables with credentials may have changed.
    package func credentialsChanged() { ports.lanes.agent.settingsChanged() }

    package var status: BridgeStatus {
        let time = ports.time
        return BridgeStatus(
            line: line.state, lineSince: time.now - line.stateBegan,
            lastPongAge: lastPong.map { time.now - $0 },
            reconnects: line.reconnects, hasDevices: line.hasDevices,
            liveCalls: calls.liveCount(now: time.now),
            openQuestions: desk.openCount, approvalsWaiting: desk.approvalsWaiting,
            answered: desk.answeredCount, failed: desk.failedCount, undelivered: outbox.waitingCount,
            textsWaiting: texts?.waitingCount ?? 0, reportsWaiting: reports?.waitingCount ?? 0,
            form: ports.lanes.agent.formName, lostSessions: ports.lanes.agent.lostSessions,
            roundTrip: line.roundTrip, outages: line.outages,
            answerTimes: desk.answerTimes, longestSilence: silence.longest(now: time.now),
            gateway: ports.gateway?.health, now: time.now)
    }

    // MARK: Saying

    private func accepted(_ question: Question, _ number: Int) {
        silence.asked(number, in: question.callID, now: ports.time.now)
        ports.journal?.asked(question)
        guard let callID = question.callID else { return }
        ports.recorder?.record(.asked(request: question.channel.id, text: question.text), of: callID)
    }

    private func record(_ utterance: Utterance) {
        guard let recorder = ports.recorder, let callID = utterance.question.callID else { return }
        let (request, text) = (utterance.question.channel.id, utterance.text)
        switch utterance.kind {
        case .progress, .part: recorder.record(.said(request: request, text: text), of: callID)
        case .result(let waited):
            recorder.record(.answered(request: request, text: text, waited: waited), of: callID)
        case .late: recorder.record(.answeredLate(request: request, text: text), of: callID)
        }
    }

    private func utter(_ utterance: Utterance) {
        let question = utterance.question
        let dropped = outbox.add(
            utterance.message, utterance.kind == .progress ? .progress : .answer, callID: question.callID,
            question: utterance.number, resultOf: utterance.isResult ? question.channel : nil,
            now: ports.time.now)
        dropped.map(lose)
        record(utterance)
        writeOutbox()
        if utterance.isResult, case .speech(let callID) = question.channel { joiner.answered(callID) }
    }

    /// A result that is still on its way is not written twice.
    private func giveAgain(_ question: Question, _ result: ClientMessage) {
        guard !outbox.holdsResult(of: question.channel) else { return }
        outbox.add(result, callID: question.callID, resultOf: question.channel, now: ports.time.now)
        writeOutbox()
    }

    /// Says something that belongs to no question.
    func say(_ message: ClientMessage, in callID: String) {
        outbox.add(message, .courtesy, callID: callID, now: ports.time.now)
        writeOutbox()
    }

    func dropCall(_ callID: String) {
        outbox.dropCall(callID)
        silence.callEnded(callID, now: ports.time.now)
        lookWhetherDrained()
    }

    private func ready() {
        lastPong = ports.time.now
        writeOutbox()
        // Proves that pings are answered, and how fast, before the first one is due.
        line.ping([])
        ports.lanes.agent.prepare()
        onFirstReady?()
        onFirstReady = nil
    }

    /// What needs proof is followed by a ping whose pong says that the service has it.
    private func writeOutbox() {
        outbox.takeExpired(now: ports.time.now).forEach(lose)
        guard line.state == .ready else { return }
        for parcel in outbox.takeUnwritten(on: line.connectionNumber) {
            line.send(
                parcel.message, provenBy: parcel.kind.needsProof ? Array(String(parcel.number).utf8) : nil)
            if let question = parcel.question {
                silence.heard(question, isLast: parcel.resultOf != nil, now: ports.time.now)
            }
        }
    }

    /// What could not be written in time is heard by nobody.
    private func lose(_ parcel: Outbox.Parcel) {
        guard let channel = parcel.resultOf else { return }
        log.warning("an answer could not be delivered in time", metadata: ["request": "\(channel.id)"])
        ports.journal?.told(channel)
        if let question = parcel.question { silence.heard(question, isLast: true, now: ports.time.now) }
    }

    private var hasLiveCall: Bool { calls.liveCount(now: ports.time.now) > 0 }

    private func pong(_ payload: [UInt8]) {
        lastPong = ports.time.now
        guard let number = UInt64(String(decoding: payload, as: UTF8.self)) else { return }
        for parcel in outbox.confirm(upTo: number, on: line.connectionNumber) {
            if let channel = parcel.resultOf { ports.journal?.told(channel) }
        }
        lookWhetherDrained()
    }
}
