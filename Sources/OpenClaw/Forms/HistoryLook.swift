import Ports

/// What one look at a session's history came to.
enum HistoryLook {
    case rows(SessionHistory)
    /// `sessions_history` is not allowed, and no token is left to try: no look is of use any more.
    case refused
    /// The gateway is away, or takes no work: it has said nothing about the question.
    case away(retryAfterSeconds: Int?)
    /// An answer in time, or one that can be read, did not come.
    case nothing(retryAfterSeconds: Int?)

    init(_ failure: HTTPPortFailure) {
        self = failure.mayHaveArrived ? .nothing(retryAfterSeconds: nil) : .away(retryAfterSeconds: nil)
    }

    init(_ error: GatewayError) {
        switch error {
        case .toolNotAllowed, .blocked, .unauthorized: self = .refused
        case .unavailable(let seconds): self = .away(retryAfterSeconds: seconds)
        case .rateLimited(let seconds): self = .nothing(retryAfterSeconds: seconds)
        case .badRequest, .failed, .unreadable, .notAGateway: self = .nothing(retryAfterSeconds: nil)
        }
    }

    var retryAfter: Duration {
        switch self {
        case .away(let seconds?), .nothing(let seconds?): .seconds(seconds)
        default: .zero
        }
    }
}
