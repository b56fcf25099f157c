package import Ports

/// Who asks the agent when: in each session one after another, whoever asks.
///
/// Two runs at once in one session can make a gateway begin a new conversation and lose both (shared/spec/gateway.md
/// section 0), so a lane stays taken until all that belongs to a question is over. Used from one thread.
package final class Lanes {
    /// What a new question would find.
    package enum Occupation: Equatable, Sendable {
        case free
        /// The one before it has been answered; the gateway is not done with it yet.
        case settling
        /// Nobody waits any more for the one before it, but the agent still works on it.
        case finishing
        /// Another question is being answered first.
        case taken
    }

    private struct Lane {
        var holder: Turn
        /// In the order in which they will be asked.
        var waiting: [Turn] = []
    }

    package let agent: any AgentPort
    package var policy: SessionPolicy
    private let time: any Timekeeper
    private var lanes: [AgentSession: Lane] = [:]
    /// Turns outside a lane have no other owner.
    private var turns: [ObjectIdentifier: Turn] = [:]

    package init(_ agent: any AgentPort, policy: SessionPolicy = .main, time: any Timekeeper) {
        (self.agent, self.policy, self.time) = (agent, policy, time)
    }

    /// Asks. Updates come later, never inside this call.
    /// - Parameters:
    ///   - receipt: under which it is asked, where that is known before; nil gives it a new one.
    ///   - writingDown: what has to be kept before the agent may be asked; nil where nothing has.
    @discardableResult
    package func ask(
        _ question: AgentQuestion, as receipt: Receipt? = nil, writingDown: WriteDown? = nil,
        onUpdate: @escaping (TurnUpdate) -> Void
    ) -> Turn {
        let request = AgentRequest(
            question, in: policy.session(for: question.origin),
            receipt: question.earlier?.receipt ?? receipt ?? agent.newReceipt(),
            deadline: time.now + question.timeLimit)
        var id: ObjectIdentifier?
        let turn = Turn(request, agent: agent, time: time) { [weak self] update in
            onUpdate(update)
            if case .finished = update { self?.forget(id) }
        } onPlace: { [weak self] in
            self?.place($0, $1)
        }
        id = ObjectIdentifier(turn)
        turns[ObjectIdentifier(turn)] = turn
        turn.start(writingDown: writingDown)
        return turn
    }

    /// What a question of this origin would find in its session now.
    package func occupation(for origin: AgentQuestion.Origin) -> Occupation {
        guard let lane = lanes[policy.session(for: origin)] else { return .free }
        if lane.waiting.contains(where: { !$0.hasOutcome && $0.isBefore(origin) }) { return .taken }
        guard lane.holder.hasOutcome else { return .taken }
        return lane.holder.wasAnswered ? .settling : .finishing
    }

    private func place(_ turn: Turn, _ place: Turn.Place) {
        switch place {
        case .wanted: enqueue(turn)
        case .pausing: letBetterFirst(in: turn.request.session)
        case .left: leave(turn)
        }
    }

    private func enqueue(_ turn: Turn) {
        let session = turn.request.session
        guard var lane = lanes[session] else {
            lanes[session] = Lane(holder: turn)
            time.schedule(after: .zero) { turn.begin() }
            return
        }
        let origin = turn.request.question.origin
        let position = lane.waiting.firstIndex { !$0.isBefore(origin) } ?? lane.waiting.endIndex
        lane.waiting.insert(turn, at: position)
        lanes[session] = lane
        letBetterFirst(in: session)
    }

    /// A turn that cannot be asked now, and tries again after a pause, holds up nobody who goes before it.
    private func letBetterFirst(in session: AgentSession) {
        guard var lane = lanes[session], lane.holder.isPausing, let next = lane.waiting.first,
            !lane.holder.isBefore(next.request.question.origin)
        else { return }
        lane.waiting.removeFirst()
        let position = lane.waiting.firstIndex { lane.holder.isBefore($0.request.question.origin) }
        lane.waiting.insert(lane.holder, at: position ?? lane.waiting.endIndex)
        lane.holder.waitAgain()
        lane.holder = next
        lanes[session] = lane
        time.schedule(after: .zero) { next.begin() }
    }

    private func leave(_ turn: Turn) {
        let session = turn.request.session
        guard var lane = lanes[session] else { return }
        guard lane.holder === turn else {
            lane.waiting.removeAll { $0 === turn }
            lanes[session] = lane
            return
        }
        guard !lane.waiting.isEmpty else {
            lanes[session] = nil
            return
        }
        let next = lane.waiting.removeFirst()
        lane.holder = next
        lanes[session] = lane
        time.schedule(after: .zero) { next.begin() }
    }

    private func forget(_ id: ObjectIdentifier?) { if let id { turns[id] = nil } }
}

extension AgentQuestion.Origin {
    /// A caller waits on the line, a texter does not look at the clock, and a report nobody waits for.
    fileprivate var rank: Int {
        switch self {
        case .call: 0
        case .text: 1
        case .report: 2
        }
    }
}

extension Turn {
    /// Whether it is asked before a new question of this origin.
    fileprivate func isBefore(_ origin: AgentQuestion.Origin) -> Bool {
        request.question.origin.rank <= origin.rank
    }
}
