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
    private var alarm: (any Cancellable)?
    private var call: (any Cancellable)?
    private var look: (any Cancellable)?
    private var isOver = false

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
            guard let self, !isOver else { return }
            switch verdict {
            case .usable: begin()
            case .refused: end(.notAsked(.unauthorized, retryAfter: nil))
            case .unreadable: end(.notAsked(.tooManyOpenFiles, retryAfter: nil))
            }
        }
    }

    private func begin() {
        makeForm { [weak self] form in
            guard let self, !isOver else { return }
            self.form = form
            handle(.begin)
        }
    }

    func timeIsUp() { handle(.timeIsUp) }

    func cancel() {
        // Nothing was asked yet: nothing will be.
        if form == nil { isOver = true } else { handle(.cancelled) }
    }

    private func handle(_ stimulus: FormStimulus) {
        guard !isOver, let actions = form?.handle(stimulus, now: agent.time.now) else { return }
        for action in actions where !isOver { perform(action) }
    }

    private func perform(_ action: FormAction) {
        switch action {
        case .send(let seconds): send(timeoutSeconds: seconds)
        case .openStream: openStream()
        case .closeStream:
            call?.cancel()
            call = nil
        case .look(let limit, let includesTools): lookNow(limit, includesTools)
        case .lookAtSession:
            look = agent.lookAtSession(sessionKey) { [self] state in
                look = nil
                handle(.sessionState(state))
            }
        case .wake(let time):
            alarm?.cancel()
            alarm = agent.time.schedule(after: max(.zero, time - agent.time.now)) { [weak self] in
                self?.handle(.woke)
            }
        case .tell(.notAsked(.unauthorized, _)): askAgain(after: .unauthorized)
        case .tell(let event): tell(event)
        case .learn(let lesson): agent.learn(lesson)
        case .askInAnotherForm: askAgain(after: .refused)
        }
    }

    private func askAgain(after failure: TurnFailure) {
        drop()
        onEvent(.startsAgain(after: failure))
        start()
    }

    private func tell(_ event: AskingEvent) {
        switch event {
        case .notAsked, .wasNotAsked: end(event)
        default: onEvent(event)
        }
    }

    private func end(_ event: AskingEvent) {
        isOver = true
        drop()
        onEvent(event)
    }

    private func drop() {
        form = nil
        [alarm, call, look].forEach { $0?.cancel() }
        (alarm, call, look) = (nil, nil, nil)
    }

    // MARK: At the gateway

    private var marker: Marker { Marker(request.receipt) ?? Marker(0) }
    private var sessionKey: String { agent.key(for: request.session) }

    private func send(timeoutSeconds: Int) {
        let message = marker.mark(request.question.text)
        call = agent.send(message, to: sessionKey, timeoutSeconds: timeoutSeconds) { [self] ending in
            call = nil
            handle(.sendEnded(ending))
        }
    }

    private func openStream() {
        let limit =
            max(.zero, request.deadline - agent.time.now) + request.question.lateLimit + Self.streamSpare
        var isStream = false
        call = agent.chat(
            marker.mark(request.question.text), in: sessionKey, deadline: limit,
            onHead: { head in
                isStream =
                    head.status == 200
                    && head.fields["Content-Type"]?.lowercased().hasPrefix("text/event-stream") == true
                return isStream
            },
            onBytes: { [self] in handle(.stream(.bytes($0))) },
            completion: { [self] result in
                call = nil
                handle(.stream(.ended(result, isStream: isStream)))
            })
    }

    private static let streamSpare = Duration.seconds(5)

    private func lookNow(_ limit: Int, _ includesTools: Bool) {
        look = agent.look(at: sessionKey, limit: limit, includesTools: includesTools) { [self] result in
            look = nil
            handle(.looked(result))
        }
    }
}
