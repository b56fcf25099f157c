import ClawdTalkAPI
package import Ports

/// One request for the owner's yes on a telephone: created by REST, decided by whichever comes first, the service's
/// event or the answer to a poll (shared/spec/rest-api.md 36 and 37).
package final class ApprovalRequest {
    package enum Outcome: String, Equatable, Sendable {
        case approved
        case denied
        /// Nobody decided in time.
        case timedOut
        /// It was asked, and what became of it is not known.
        case failed
        /// No device, or the service could not be reached or refused: nobody was asked.
        case notAsked
    }

    private let requests: ServiceRequests
    private let time: any Timekeeper
    private let onAsked: () -> Void
    private var onOutcome: ((Outcome) -> Void)?
    private var inFlight: (any Cancellable)?
    private var deadline: (any Cancellable)?
    private var nextPoll: (any Cancellable)?
    /// The service's id, once it is known.
    private(set) var id: String?
    /// Events that came before the id was known.
    private var early: [String: String] = [:]

    /// In characters, of what the owner is asked.
    private static let longestAction = 500
    private static let mostEarly = 100
    /// How long the owner has to decide.
    package static let timeToDecide = Duration.seconds(60)
    private static let pollInterval = Duration.seconds(2)

    /// - Parameters:
    ///   - onAsked: a device was told.
    ///   - onOutcome: called once, unless cancelled.
    package init(
        requests: ServiceRequests, time: any Timekeeper, onAsked: @escaping () -> Void,
        onOutcome: @escaping (Outcome) -> Void
    ) {
        (self.requests, self.time, self.onAsked, self.onOutcome) = (requests, time, onAsked, onOutcome)
    }

    /// - Parameter action: the caller's own words.
    package func start(action: String) {
        // What the owner does not get to see cannot be approved.
        guard action.count <= Self.longestAction else {
            deadline = time.schedule(after: .zero) { [weak self] in self?.finish(.failed) }
            return
        }
        deadline = time.schedule(after: Self.timeToDecide) { [weak self] in
            guard let self else { return }
            finish(id == nil ? .failed : .timedOut)
        }
        inFlight = requests.createApproval(action: action, timeToDecide: Self.timeToDecide) {
            [weak self] result in
            self?.created(result)
        }
    }

    package func cancel() {
        onOutcome = nil
        cleanUp()
    }

    /// `approval.responded`, of this request or another.
    package func responded(id: String, decision: String) {
        if self.id == nil, early.count < Self.mostEarly { early[id] = decision }
        if id == self.id { decide(decision) }
    }

    private func created(_ result: Result<ApprovalCreation, RESTFailure>) {
        switch result {
        case .failure(.notSent): return finish(.notAsked)
        case .failure(.refused(let refusal)) where (400...499).contains(refusal.status):
            return finish(.notAsked)
        // The owner may have been asked, and may have said no.
        case .failure: return finish(.failed)
        case .success(let creation) where creation.devices_notified ?? 0 == 0: return finish(.notAsked)
        case .success(let creation):
            guard let id = creation.id, !id.isEmpty else { return finish(.failed) }
            asked(id)
        }
    }

    private func asked(_ id: String) {
        self.id = id
        if let decision = early[id] { return decide(decision) }
        onAsked()
        schedulePoll()
    }

    private func schedulePoll() {
        guard onOutcome != nil else { return }
        nextPoll = time.schedule(after: Self.pollInterval) { [weak self] in self?.poll() }
    }

    private func poll() {
        guard let id else { return }
        inFlight = requests.approvalStatus(id) { [weak self] result in
            guard let self else { return }
            switch result {
            case .success(let status) where status.status == "pending" || status.status == nil: schedulePoll()
            case .success(let status): decide(status.status ?? "")
            case .failure(.refused(let refusal)) where [401, 403, 404, 410].contains(refusal.status):
                finish(.failed)
            // Everything else may pass.
            case .failure: schedulePoll()
            }
        }
    }

    private func decide(_ decision: String) {
        switch decision {
        case "approved": finish(.approved)
        case "denied": finish(.denied)
        case "expired": finish(.timedOut)
        default: finish(.failed)
        }
    }

    private func finish(_ outcome: Outcome) {
        let completion = onOutcome
        onOutcome = nil
        cleanUp()
        completion?(outcome)
    }

    private func cleanUp() {
        for work in [inFlight, deadline, nextPoll] { work?.cancel() }
    }
}
