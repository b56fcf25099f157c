import ClawdTalkAPI
package import Logging
package import OpenClaw

/// The behaviour between the service and the gateway. It sees no socket and no clock of its own: both come
/// from outside, so that every rule can be tested in memory. Used from one thread.
package final class Bridge {
    private let settings: BridgeSettings
    private let line: ServiceLine
    private let desk: QuestionDesk
    private let texts: TextDesk?
    private let reports: ReportDesk?
    private let link: AgentLink
    private let time: any Timekeeper
    private let log: Logger
    private var calls = CallBook()
    private var outbox = Outbox()
    private var lastPong: Duration?

    /// The bridge gave up; ``stop(_:)`` need not be called.
    package var onExit: (BridgeExit) -> Void {
        get { line.onExit }
        set { line.onExit = newValue }
    }

    /// Called once, after the first login.
    package var onFirstReady: (() -> Void)?

    package init(
        settings: BridgeSettings, connector: any ServiceConnector, link: AgentLink, time: any Timekeeper,
        random: @escaping () -> Double, messages: MessagePorts? = nil, log: Logger
    ) {
        (self.settings, self.link, self.time, self.log) = (settings, link, time, log)
        line = ServiceLine(
            connector: connector, time: time, random: random,
            authentication: .authenticate(
                apiKey: settings.apiKey, ownerName: settings.ownerName, agentName: settings.agentName),
            log: log)
        desk = QuestionDesk(settings: settings, link: link, time: time, log: log)
        texts = messages.map { TextDesk($0, link: link, time: time, log: log) }
        reports = messages.map { ReportDesk($0, link: link, time: time, log: log) }
        line.hasLiveCall = { [weak self] in (self?.calls.liveCount ?? 0) > 0 }
        line.onReady = { [weak self] in self?.ready() }
        line.onEvent = { [weak self] in self?.handle($0) }
        line.onPong = { [weak self] in self?.pong($0) }
        desk.onProgress = { [weak self] in _ = self?.line.send($0) }
        desk.onResult = { [weak self] in self?.deliver($0, callID: $1) }
    }

    package func start() {
        texts?.start()
        reports?.start()
        line.start()
    }

    /// Tells the callers that the bridge ends, closes the line with 1000 and calls back within 3 s.
    package func stop(_ completion: @escaping () -> Void) {
        desk.stop()
        texts?.stop()
        reports?.stop()
        line.stop(completion)
    }

    package func machineWoke() { line.machineWoke() }

    /// Files or variables with credentials may have changed.
    package func credentialsChanged() { link.credentialsChanged() }

    package var status: BridgeStatus {
        BridgeStatus(
            line: line.state, lineSince: time.now - line.stateBegan,
            lastPongAge: lastPong.map { time.now - $0 },
            reconnects: line.reconnects, liveCalls: calls.liveCount, openQuestions: desk.openCount,
            answered: desk.answeredCount, failed: desk.failedCount, undelivered: outbox.waitingCount,
            textsWaiting: texts?.waitingCount ?? 0, reportsWaiting: reports?.waitingCount ?? 0, form: link.form)
    }

    private func handle(_ event: ServerEvent) {
        switch event {
        case .contextRequest(let callID):
            calls.heard(callID, now: time.now)
            let voice = settings.voice
            line.send(
                .contextResponse(callID: callID, memory: voice.memory, systemPrompt: voice.systemPrompt))
            greet(callID)
        case .callStarted(let callID):
            calls.heard(callID, now: time.now)
            log.info("call started", metadata: ["call": "\(callID.prefix(80))"])
            greet(callID)
        case .deepToolRequest(let request):
            if let callID = request.callID { calls.heard(callID, now: time.now) }
            desk.accept(request)
        case .callEnded(let outcome):
            let callID = outcome.callID
            log.info("call ended", metadata: ["call": "\(callID.prefix(80))"])
            calls.ended(callID)
            desk.callEnded(callID)
            outbox.dropCall(callID)
            reports?.accept(outcome)
        case .textReceived(let text): texts?.accept(text)
        case .other(let name): log.info("ignored an event", metadata: ["event": "\(name.prefix(60))"])
        case .utterance, .approvalResponded, .walkieRequest: break
        case .authenticated, .authenticationFailed: break
        }
    }

    private func greet(_ callID: String) {
        if calls.shouldGreet(callID) { line.send(.response(callID: callID, text: settings.voice.greeting)) }
    }

    private func deliver(_ message: ClientMessage, callID: String?) {
        outbox.add(message, callID: callID, now: time.now)
        if line.state == .ready { writeOutbox() }
    }

    private func ready() {
        lastPong = time.now
        writeOutbox()
        onFirstReady?()
        onFirstReady = nil
    }

    /// Each parcel is followed by a ping whose pong proves that the service has it.
    private func writeOutbox() {
        for parcel in outbox.takeUnwritten(on: line.connectionNumber, now: time.now) {
            line.send(parcel.message)
            line.ping(Array(String(parcel.number).utf8))
        }
    }

    private func pong(_ payload: [UInt8]) {
        lastPong = time.now
        guard let number = UInt64(String(decoding: payload, as: UTF8.self)) else { return }
        outbox.confirm(upTo: number, on: line.connectionNumber)
    }
}
