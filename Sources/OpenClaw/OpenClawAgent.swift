package import Agent
package import Ports
import Wire

/// An agent on an OpenClaw gateway, over HTTP. It chooses the form of asking, and remembers for all questions what the
/// gateway taught: which forms it takes, whether its history may be read, whether our token is good. Loop only.
package final class OpenClawAgent: AgentPort {
    package struct Settings: Equatable, Sendable {
        /// Scheme, host and port, without a trailing slash.
        package var baseURL: String
        /// Of the session that all share.
        package var sessionKey: String
        package var agentID: String
        /// It is asked by chat, where the gateway has that on.
        package var wantsChat = false

        package init(baseURL: String, sessionKey: String, agentID: String, wantsChat: Bool = false) {
            (self.baseURL, self.sessionKey) = (baseURL, sessionKey)
            (self.agentID, self.wantsChat) = (agentID, wantsChat)
        }
    }

    let time: any Timekeeper
    private let http: any HTTPStreamPort
    private let settings: Settings
    private let chance: Randomness
    private let log: (String, String) -> Void
    private let access: GatewayAccess
    private let chatSwitch: ChatSwitch
    private var lessons: GatewayLessons

    /// - Parameters:
    ///   - tokens: the tokens to try, best first; asked again whenever one is refused. nil when they cannot be read now,
    ///     because too many files are open.
    ///   - isChatEnabled: what openclaw.json says of the chat endpoint, nil when it does not say.
    ///   - log: an event and its detail, never contents.
    package init(
        settings: Settings, http: any HTTPStreamPort, time: any Timekeeper, tokens: @escaping () -> [String]?,
        isChatEnabled: @escaping () -> Bool? = { nil }, chance: Randomness = .system,
        log: @escaping (String, String) -> Void
    ) {
        (self.settings, self.http, self.time) = (settings, http, time)
        (self.chance, self.log) = (chance, log)
        access = GatewayAccess(resolve: tokens)
        lessons = GatewayLessons(now: time.now)
        chatSwitch = ChatSwitch(
            over: http, baseURL: settings.baseURL, time: time, isEnabled: isChatEnabled, log: log)
    }

    // MARK: AgentPort

    package var capabilities: Capabilities {
        var capabilities = Capabilities()
        (capabilities.findsLater, capabilities.keepsMemory) = (true, true)
        (capabilities.streams, capabilities.cancelEndsRun) = (chatSwitch.isOn, chatSwitch.isOn)
        return capabilities
    }

    package var formName: String {
        chatSwitch.isOn ? "chat" : lessons.refusesSelfSends(now: time.now) ? "unwaited" : "waited"
    }

    package var lostSessions: Int { lessons.lostSessions }

    package func newReceipt() -> Receipt { Marker(chance.word()).receipt }

    package func ask(
        _ request: AgentRequest, onEvent: @escaping (AskingEvent) -> Void
    ) -> any Asking {
        FormAsking(request, agent: self, onEvent: onEvent) { [self] in chooseForm(for: request, $0) }
    }

    package func find(
        _ earlier: EarlierAsking, for request: AgentRequest, onEvent: @escaping (AskingEvent) -> Void
    ) -> any Asking {
        FormAsking(request, agent: self, onEvent: onEvent) { [self] completion in
            completion(
                EarlierRun(
                    Marker(earlier.receipt) ?? Marker(0), since: earlier.since,
                    wantsReply: request.question.wantsReply, canLook: canLook))
        }
    }

    package func prepare() { access.prepare() }

    package func settingsChanged() {
        access.forgetRefusals()
        lessons.forget(now: time.now)
        chatSwitch.forget()
        withAccess(mustProbe: true) { [self] verdict in
            log(verdict.logText, "")
            if verdict == .usable, settings.wantsChat { chatSwitch.decide(token: access.current) { _ in } }
        }
    }

    package func checkHealth(_ completion: @escaping (_ problem: String?) -> Void) {
        http.send(GatewayProbe.health(of: settings.baseURL), deadline: .seconds(10)) { [self] result in
            switch result {
            case .success(let response) where GatewayProbe.isLive(response):
                lookWhetherWorkIsRefused(completion)
            case .success(let response):
                completion("it answers with HTTP \(response.status) and is not a live gateway")
            case .failure(let failure): completion(failure.reason)
            }
        }
    }

    /// A gateway that is suspended or draining counts itself as live. It is asked only where it refused work before, and that
    /// asks the agent nothing.
    private func lookWhetherWorkIsRefused(_ completion: @escaping (_ problem: String?) -> Void) {
        guard lessons.refusesWork else { return completion(nil) }
        probe(access.current) { [self] status in
            lessons.refusesWork = status == 503
            completion(lessons.refusesWork ? "it takes no work: it is suspended, or shutting down" : nil)
        }
    }

    // MARK: Forms

    private var canLook: Bool { lessons.history.isWorthTrying(now: time.now) }

    /// Messages that only have to arrive, and those that were to be asked before, are no turns to listen to.
    private func chooseForm(for request: AgentRequest, _ completion: @escaping ((any Form)?) -> Void) {
        guard settings.wantsChat, request.question.mayStream, request.question.wantsReply,
            request.question.earlier == nil
        else {
            return completion(sendForm(for: request))
        }
        chatSwitch.decide(token: access.current) { [self] isOn in
            let marker = Marker(request.receipt) ?? Marker(0)
            completion(isOn ? ChatStream(marker, canLook: canLook) : sendForm(for: request))
        }
    }

    private func sendForm(for request: AgentRequest) -> any Form {
        let marker = Marker(request.receipt) ?? Marker(0)
        let refusesSelfSends = lessons.refusesSelfSends(now: time.now)
        guard request.question.wantsReply, !refusesSelfSends else {
            return UnwaitedSend(
                marker, wantsReply: request.question.wantsReply, mayOverlap: refusesSelfSends,
                canLook: canLook)
        }
        return WaitedSend(
            marker, deadline: request.deadline, trustsReplies: lessons.trustsReplies(now: time.now),
            canLook: canLook)
    }

    func key(for session: AgentSession) -> String {
        SessionKeys(main: settings.sessionKey, agentID: settings.agentID).key(for: session)
    }

    /// The token that is asked with now.
    var token: String? { access.current }

    /// - Parameter token: that the gateway was asked with which taught it.
    func learn(_ lesson: Lesson, askedWith token: String?) {
        lessons.learn(lesson, now: time.now)
        switch lesson {
        case .refusesSelfSends:
            log("gateway refuses waited sends to the calling session", "asking without waiting from now on")
        case .chatIsOff(let status): chatSwitch.turnOff("a question was answered with \(status)")
        case .tokenRefused: refused(token)
        case .lostSession:
            log(
                "the gateway began a new conversation in the middle of a run",
                "what was asked in the old one is lost; clawdtalk doctor says more")
        case .note(let event, let detail): log(event, detail)
        case .comparesBaseline, .announces, .refusesWork: break
        }
    }

    private func refused(_ token: String?) {
        access.refuse(token)
        log("gateway refuses the token", "")
    }

    // MARK: The gateway

    /// Calls back with whether there is a token worth asking with; a new one is probed once, without asking
    /// anything.
    func withAccess(mustProbe: Bool = false, _ completion: @escaping (GatewayAccess.Verdict) -> Void) {
        switch access.next(mustProbe: mustProbe) {
        case .usable: completion(.usable)
        case .none: completion(.refused)
        case .unreadable: completion(.unreadable)
        case .probe(let token):
            probe(token) { [self] status in
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
        let request = GatewayProbe.call("sessions_send", at: settings.baseURL, token: token)
        http.send(request, deadline: .seconds(10)) { result in completion((try? result.get())?.status) }
    }

    /// What a call takes longer than the wait that it asks for.
    private static let callSpare = 15

    func send(
        _ message: String, to sessionKey: String, timeoutSeconds: Int,
        completion: @escaping (SendEnding) -> Void
    ) -> any Cancellable {
        let arguments = SessionsSendArguments(
            sessionKey: sessionKey, message: message, timeoutSeconds: timeoutSeconds)
        let invocation = ToolInvocation(tool: "sessions_send", sessionKey: sessionKey, args: arguments)
        return http.send(
            invocation.request(to: settings.baseURL, token: access.current),
            deadline: .seconds(timeoutSeconds + Self.callSpare)
        ) { [self] result in
            switch result {
            case .failure(let failure) where !failure.mayHaveArrived:
                log("gateway not reachable", failure.reason)
                completion(.notSent(tooManyOpenFiles: failure.hasTooManyOpenFiles))
            case .failure: completion(.brokeOff)
            case .success(let response): completion(ending(of: response))
            }
        }
    }

    private func ending(of response: HTTPResponse) -> SendEnding {
        do {
            let details = try ToolResponse.sendResult(response)
            var hints = details.hints
            if !lessons.keepsAnnouncePromises(now: time.now) { hints.announces = false }
            return .answered(SessionsSendResult(details), hints)
        } catch {
            return .refused(error)
        }
    }

    func chat(
        _ message: String, in sessionKey: String, deadline: Duration,
        onHead: @escaping (HTTPResponseHead) -> Bool, onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        let request = ChatRequest(agentID: settings.agentID, message: message)
            .request(to: settings.baseURL, token: access.current, sessionKey: sessionKey)
        return http.stream(
            request, deadline: deadline, onHead: onHead, onBytes: onBytes, completion: completion)
    }

    private static let lookLimit = Duration.seconds(15)

    func look(
        at sessionKey: String, limit: Int, includesTools: Bool, completion: @escaping (HistoryLook) -> Void
    ) -> any Cancellable {
        let arguments = SessionsHistoryArguments(
            sessionKey: sessionKey, limit: limit, includesTools: includesTools)
        let invocation = ToolInvocation(tool: "sessions_history", sessionKey: sessionKey, args: arguments)
        let token = access.current
        return http.send(
            invocation.request(to: settings.baseURL, token: token), deadline: Self.lookLimit
        ) { [self] result in
            switch result {
            case .failure(let failure): completion(HistoryLook(failure))
            case .success(let response): looked(response, askedWith: token, completion)
            }
        }
    }

    /// Of the sessions in use lately, at most so many are looked through.
    private static let mostSessions = 50

    /// - Parameter completion: called with nil where the gateway does not say.
    func lookAtSession(_ sessionKey: String, completion: @escaping (SessionState?) -> Void) -> any Cancellable
    {
        let arguments = SessionsListArguments(limit: Self.mostSessions, activeMinutes: 10)
        let invocation = ToolInvocation(tool: "sessions_list", sessionKey: sessionKey, args: arguments)
        return http.send(
            invocation.request(to: settings.baseURL, token: access.current), deadline: Self.lookLimit
        ) { result in
            let list = (try? result.get()).flatMap { try? ToolResponse.result($0, as: SessionsList.self) }
            completion(list?.state(of: sessionKey))
        }
    }

    private func looked(
        _ response: HTTPResponse, askedWith token: String?, _ completion: @escaping (HistoryLook) -> Void
    ) {
        do {
            let history = try ToolResponse.result(response, as: SessionHistory.self)
            if lessons.history.read() { log("gateway allows sessions_history again", "") }
            completion(.rows(history))
        } catch .toolNotAllowed, .blocked {
            if lessons.history.refused(now: time.now) {
                log(
                    "gateway does not allow sessions_history", "late answers cannot be found while that lasts"
                )
            }
            completion(canLook ? .nothing(retryAfterSeconds: nil) : .refused)
        } catch .unauthorized {
            // A repeated wrong token would lock the bridge out: looking ends unless another token is found.
            refused(token)
            withAccess { completion($0 == .usable ? .nothing(retryAfterSeconds: nil) : .refused) }
        } catch {
            completion(HistoryLook(error))
        }
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
