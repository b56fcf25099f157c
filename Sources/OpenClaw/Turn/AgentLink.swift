import Wire

/// The way to the agent: asks questions at one gateway, one at a time in each session.
///
/// Remembers for all turns what this gateway taught: which form of asking it takes, whether its history may
/// be read, whether our token is good. Used from one thread, the loop's.
package final class AgentLink {
    /// How a question is asked: by `sessions_send` (shared/spec/gateway.md B5), or by chat.
    package enum Form: String, Sendable {
        /// The call waits for the reply.
        case waited
        /// The call returns at once and the reply comes from the history: for gateways that refuse a waited
        /// send to the calling session.
        case unwaited
        /// A streamed completion (section 0): a turn of the user himself, which ends when the stream is closed.
        case chat
    }

    package struct Settings: Equatable, Sendable {
        /// Scheme, host and port, without a trailing slash.
        package var baseURL: String
        /// The agent to ask by chat, where the gateway has that on; nil when it is not wanted.
        package var chatAgentID: String?

        package init(baseURL: String, chatAgentID: String? = nil) {
            (self.baseURL, self.chatAgentID) = (baseURL, chatAgentID)
        }
    }

    /// How long our marker may take to show up after an answer that leaves open whether the message arrived.
    static let graceForMarker = Duration.seconds(15)
    /// How long a reply in hand waits for a history that gives no answer.
    static let graceForHistory = Duration.seconds(5)
    /// An announce run may still be going on this long after one of our turns ended.
    private static let announceWindow = Duration.seconds(30)

    let time: any Timekeeper
    private let http: any HTTPStreamPort
    private let settings: Settings
    private let access: GatewayAccess
    private let makeMarker: () -> Marker
    private let log: (String, String) -> Void

    private let chatSwitch: ChatSwitch
    private var sendForm = Form.waited
    /// The gateway answered 503 when it was asked for something; it may be live all the same.
    private var refusesWork = false
    private var historyAccess = HistoryAccess()
    private var lanes: [String: [AgentTurn]] = [:]
    private var announces: [String: Duration] = [:]
    /// Until then an announce run of an earlier process may go on in any session.
    private var earlierAnnouncesEnd = Duration.zero
    /// All turns that have not ended: those outside a lane have no other owner.
    private var openTurns: [ObjectIdentifier: AgentTurn] = [:]

    /// - Parameters:
    ///   - tokens: the tokens to try, best first; asked again whenever one is refused. nil when they cannot be read now,
    ///     because too many files are open.
    ///   - isChatEnabled: what openclaw.json says of the chat endpoint, nil when it does not say.
    ///   - log: an event and its detail, never contents.
    package init(
        settings: Settings, http: any HTTPStreamPort, time: any Timekeeper, tokens: @escaping () -> [String]?,
        isChatEnabled: @escaping () -> Bool? = { nil },
        makeMarker: @escaping () -> Marker = { Marker(.random(in: .min ... .max)) },
        log: @escaping (String, String) -> Void
    ) {
        (self.settings, self.http, self.time, self.makeMarker, self.log) = (
            settings, http, time, makeMarker, log
        )
        access = GatewayAccess(resolve: tokens)
        chatSwitch = ChatSwitch(over: http, baseURL: settings.baseURL, isEnabled: isChatEnabled, log: log)
    }

    /// How questions are asked now.
    package var form: Form { chatSwitch.isOn ? .chat : sendForm }

    /// Asks. Updates come later, never inside this call.
    @discardableResult
    package func ask(_ question: AgentQuestion, onUpdate: @escaping (TurnUpdate) -> Void) -> AgentTurn {
        let marker = question.earlier?.marker ?? question.marker ?? makeMarker()
        let turn = AgentTurn(question, marker: marker, link: self, onUpdate: onUpdate)
        openTurns[ObjectIdentifier(turn)] = turn
        if question.earlier == nil {
            enqueue(turn)
        } else {
            // Looking asks nobody anything, so it keeps nobody waiting.
            time.schedule(after: .zero) { turn.recover() }
        }
        return turn
    }

    /// A marker for a question that is to be written down before it is asked.
    package func newMarker() -> Marker { makeMarker() }

    /// The turn waits until it is the first of its session.
    func enqueue(_ turn: AgentTurn) {
        let key = turn.question.sessionKey
        lanes[key, default: []].append(turn)
        if lanes[key]?.count == 1 { time.schedule(after: .zero) { turn.begin() } }
    }

    /// Reads what the first question would have to wait for.
    package func prepare() { access.prepare() }

    /// Whether a new question would have to wait in this session.
    package func isBusy(_ sessionKey: String) -> Bool {
        lanes[sessionKey]?.isEmpty == false
    }

    /// Something about the credentials changed (a file, SIGHUP): they are resolved again and probed once.
    package func credentialsChanged() {
        access.forgetRefusals()
        historyAccess = HistoryAccess()
        chatSwitch.forget()
        withAccess(mustProbe: true) { [self] verdict in
            log(verdict.logText, "")
            if verdict == .usable, settings.chatAgentID != nil { chatSwitch.decide(token: token) { _ in } }
        }
    }

    /// Calls back with whether the gateway takes no work, as one that is suspended or draining does while it counts itself
    /// as live. It is asked only where it refused work before, and that asks the agent nothing.
    package func lookWhetherWorkIsRefused(_ completion: @escaping (Bool) -> Void) {
        guard refusesWork else { return completion(false) }
        probe(token) { [weak self] status in
            guard let self else { return }
            refusesWork = status == 503
            completion(refusesWork)
        }
    }

    // MARK: For turns

    var token: String? { access.current }

    /// The turn is over and its send call too: the next one in its session begins.
    func turnLeft(_ turn: AgentTurn) {
        let key = turn.question.sessionKey
        guard let position = lanes[key]?.firstIndex(where: { $0 === turn }) else { return }
        if announces[key] != nil { announces[key] = time.now }
        lanes[key]?.remove(at: position)
        if lanes[key]?.isEmpty == true { lanes[key] = nil }
        if position == 0, let next = lanes[key]?.first { time.schedule(after: .zero) { next.begin() } }
    }

    func turnEnded(_ turn: AgentTurn) { openTurns[ObjectIdentifier(turn)] = nil }

    func expectAnnounce(_ sessionKey: String) {
        if announces[sessionKey] == nil { announces[sessionKey] = .zero - Self.announceWindow }
    }

    /// The process before this one was asking when it ended: what its turns left behind may still come as a reply.
    package func expectEarlierAnnounces() { earlierAnnouncesEnd = time.now + Self.announceWindow }

    /// Whether an announce run of an earlier turn of ours can still be pending for a turn that began at
    /// `start`: its text could come back as that turn's reply (shared/spec/gateway.md section 0).
    func announceMayBePending(_ sessionKey: String, since start: Duration) -> Bool {
        if start < earlierAnnouncesEnd { return true }
        guard let endedAt = announces[sessionKey] else { return false }
        return start - endedAt < Self.announceWindow
    }

    /// Messages that only have to arrive, and those that may have been asked before, are no turns to listen to.
    func withForm(for question: AgentQuestion, _ completion: @escaping (Form) -> Void) {
        guard settings.chatAgentID != nil, question.mayStream, question.wantsReply,
            question.earlier == nil
        else {
            return completion(sendForm)
        }
        chatSwitch.decide(token: token) { [self] isOn in completion(isOn ? .chat : sendForm) }
    }

    func workRefused() { refusesWork = true }

    func chatRefused(_ status: Int) { chatSwitch.turnOff("a question was answered with \(status)") }

    func switchToUnwaited() {
        sendForm = .unwaited
        log("gateway refuses waited sends to the calling session", "asking without waiting from now on")
    }

    var isHistoryAllowed: Bool { historyAccess.isWorthTrying(now: time.now) }

    func historyRefused() {
        guard historyAccess.refused(now: time.now) else { return }
        log("gateway does not allow sessions_history", "late answers cannot be found while that lasts")
    }

    func historyRead() {
        if historyAccess.read() { log("gateway allows sessions_history again", "") }
    }

    func tokenRefused(_ token: String?) {
        access.refuse(token)
        log("gateway refuses the token", "")
    }

    func note(_ event: String, _ detail: String) { log(event, detail) }

    /// Calls back with whether there is a token worth asking with; a new one is probed once, without asking
    /// anything.
    func withAccess(mustProbe: Bool = false, _ completion: @escaping (GatewayAccess.Verdict) -> Void) {
        switch access.next(mustProbe: mustProbe) {
        case .usable: completion(.usable)
        case .none: completion(.refused)
        case .unreadable: completion(.unreadable)
        case .probe(let token):
            probe(token) { [weak self] status in
                guard let self else { return }
                guard status == 401 else {
                    access.accept(token)
                    return completion(.usable)
                }
                access.refuse(token)
                withAccess(mustProbe: mustProbe, completion)
            }
        }
    }

    /// A `sessions_send` without arguments asks nothing: 400 when allowed, 404 when not, 401 with a bad
    /// token.
    private func probe(_ token: String?, completion: @escaping (_ status: Int?) -> Void) {
        let request = ToolInvocation(tool: "sessions_send", sessionKey: nil, args: NoArguments())
            .request(to: settings.baseURL, token: token)
        http.send(request, deadline: .seconds(10)) { result in completion((try? result.get())?.status) }
    }

    func chat(
        _ message: String, in sessionKey: String, deadline: Duration, onSaid: @escaping (String) -> Void,
        onEnd: @escaping (ChatExchange.Ending) -> Void
    ) -> ChatExchange {
        let request = ChatRequest(agentID: settings.chatAgentID ?? "main", message: message)
            .request(to: settings.baseURL, token: token, sessionKey: sessionKey)
        return ChatExchange(
            request, over: http, time: time, deadline: deadline, onSaid: onSaid, onEnd: onEnd)
    }

    @discardableResult
    func post(
        _ arguments: some ToolArguments, tool: String, sessionKey: String, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        let request = ToolInvocation(tool: tool, sessionKey: sessionKey, args: arguments)
            .request(to: settings.baseURL, token: token)
        return http.send(request, deadline: deadline, completion: completion)
    }
}

extension GatewayAccess.Verdict {
    fileprivate var logText: String {
        switch self {
        case .usable: "gateway accepts the token"
        case .refused: "gateway does not accept any token"
        case .unreadable: "the gateway's token cannot be read: too many files are open"
        }
    }
}
