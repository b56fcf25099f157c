import Agent
import Ports
import Wire

/// Drives a ``Form``: does what it says at the gateway, and hands it what comes back. Loop only.
final class FormAsking: Asking {
    private let request: AgentRequest
    private let agent: OpenClawAgent
    private let makeForm: (_ completion: @escaping ((any Form)?) -> Void) -> Void
    private let onEvent: (AskingEvent) -> Void
    private var form: (any Form)?
    private var pending = Pending()
    private var stage = Stage.active
    /// What it was asked with: by the time of an answer, others may have found a better one.
    private var token: String?

    private enum Stage { case active, cancelled, over }

    /// What is to come back.
    private struct Pending {
        var alarm: (any Cancellable)?
        var call: (any Cancellable)?
        var look: (any Cancellable)?
        var sessionLook: (any Cancellable)?

        mutating func cancel() {
            for one in [alarm, call, look, sessionLook] { one?.cancel() }
            self = Pending()
        }
    }

    /// - Parameter makeForm: chooses; calls back with nil where nothing may be asked now, and has told why then.
    init(
        _ request: AgentRequest, agent: OpenClawAgent, onEvent: @escaping (AskingEvent) -> Void,
        makeForm: @escaping (_ completion: @escaping ((any Form)?) -> Void) -> Void
    ) {
        (self.request, self.agent) = (request, agent)
        (self.makeForm, self.onEvent) = (makeForm, onEvent)
    }

    func start() {
        agent.withAccess { [weak self] verdict in
            guard let self, stage == .active else { return }
            switch verdict {
            case .usable: begin()
            case .refused: end(.notAsked(.unauthorized, retryAfter: nil))
            case .unreadable: end(.notAsked(.tooManyOpenFiles, retryAfter: nil))
            }
        }
    }

    private func begin() {
        makeForm { [weak self] form in
            guard let self, stage == .active else { return }
            self.form = form
            handle(.begin)
        }
    }

    func timeIsUp() {
        if form == nil { end(.notAsked(.unreachable, retryAfter: nil)) } else { handle(.timeIsUp) }
    }

    func cancel() {
        guard stage == .active else { return }
        // Nothing was asked yet: nothing will be.
        guard form != nil else { return end(.released) }
        stage = .cancelled
        handle(.cancelled)
    }

    private func handle(_ stimulus: FormStimulus) {
        guard stage != .over, let actions = form?.handle(stimulus, now: agent.time.now) else { return }
        for action in actions {
            // Whoever hears of one action may end all: then the form is gone, with what it wanted besides.
            guard stage != .over, perform(action) else { return }
        }
    }

    /// - Returns: whether the form goes on.
    private func perform(_ action: FormAction) -> Bool {
        switch action {
        case .send(let seconds): send(timeoutSeconds: seconds)
        case .openStream: openStream()
        case .closeStream:
            pending.call?.cancel()
            pending.call = nil
        case .look(let limit, let includesTools): lookNow(limit, includesTools)
        case .lookAtSession: lookAtSession()
        case .wake(let time): wake(at: time)
        case .tell(.notAsked(.unauthorized, _)): return askAgain(after: .unauthorized)
        case .tell(let event): return tell(event)
        case .learn(let lesson): agent.learn(lesson, askedWith: token)
        case .askInAnotherForm: return askAgain(after: .refused)
        }
        return true
    }

    private func wake(at time: Duration) {
        pending.alarm?.cancel()
        pending.alarm = agent.time.schedule(after: max(.zero, time - agent.time.now)) { [weak self] in
            self?.handle(.woke)
        }
    }

    private func askAgain(after failure: TurnFailure) -> Bool {
        drop()
        if stage == .cancelled {
            end(.released)
        } else {
            onEvent(.startsAgain(after: failure))
            start()
        }
        return false
    }

    private func tell(_ event: AskingEvent) -> Bool {
        switch event {
        case .notAsked, .wasNotAsked:
            end(event)
            return false
        default:
            onEvent(event)
            return true
        }
    }

    private func end(_ event: AskingEvent) {
        stage = .over
        drop()
        onEvent(event)
    }

    private func drop() {
        form = nil
        pending.cancel()
    }

    // MARK: At the gateway

    private var marker: Marker { Marker(request.receipt) ?? Marker(0) }
    private var sessionKey: String { agent.key(for: request.session) }

    private func send(timeoutSeconds: Int) {
        // Who heard that it is sent called it off.
        guard stage == .active else { return handle(.sendEnded(.notSent(tooManyOpenFiles: false))) }
        token = agent.token
        let message = marker.mark(request.question.text)
        pending.call = agent.send(message, to: sessionKey, timeoutSeconds: timeoutSeconds) { [self] ending in
            pending.call = nil
            handle(.sendEnded(ending))
        }
    }

    private func openStream() {
        guard stage == .active else { return }
        token = agent.token
        let limit =
            max(.zero, request.deadline - agent.time.now) + request.question.lateLimit + Self.streamSpare
        var isStream = false
        pending.call = agent.chat(
            marker.mark(request.question.text), in: sessionKey, deadline: limit,
            onHead: { head in
                isStream =
                    head.status == 200
                    && head.fields["Content-Type"]?.lowercased().hasPrefix("text/event-stream") == true
                return isStream
            },
            onBytes: { [self] in handle(.stream(.bytes($0))) },
            completion: { [self] result in
                pending.call = nil
                handle(.stream(.ended(result, isStream: isStream)))
            })
    }

    private static let streamSpare = Duration.seconds(5)

    private func lookNow(_ limit: Int, _ includesTools: Bool) {
        pending.look = agent.look(at: sessionKey, limit: limit, includesTools: includesTools) {
            [self] result in
            pending.look = nil
            handle(.looked(result))
        }
    }

    private func lookAtSession() {
        pending.sessionLook = agent.lookAtSession(sessionKey) { [self] state in
            pending.sessionLook = nil
            handle(.sessionState(state))
        }
    }
}
