/// Why there is no answer. Whether the agent may have acted is part of the meaning, because the caller must
/// hear the truth.
package enum TurnFailure: String, Error, Equatable, Sendable, CaseIterable {
    /// The token is refused; nothing was asked.
    case unauthorized
    /// The gateway does not allow `sessions_send`; nothing was asked.
    case toolNotAllowed
    /// A policy of the gateway refused the message; nothing was asked.
    case forbidden
    /// The gateway refused the message; nothing was asked.
    case refused
    /// What answers there is no OpenClaw gateway; nothing was asked.
    case notAGateway
    /// Too many requests until the time was over; nothing was asked.
    case rateLimited
    /// The gateway could not be reached in time; nothing was asked.
    case unreachable
    /// Our own process could open no more files and connections; nothing was asked.
    case tooManyOpenFiles
    /// The time was over before it was this question's turn; nothing was asked.
    case queuedTooLong
    /// It could not be written down before it was asked; nothing was asked.
    case notWrittenDown
    /// The agent was asked and has not answered in time; it may still be working.
    case timedOut
    /// The agent may have been asked; no answer can be found.
    case uncertain
    /// The gateway began a new conversation and no longer has the question. The agent was asked.
    case sessionLost
    /// The agent's run ended with an error.
    case agentFailed
    /// Given up by our own side.
    case cancelled

    /// Whether the agent may have acted; asking again could do things twice.
    package var mayHaveActed: Bool {
        switch self {
        case .timedOut, .uncertain, .sessionLost, .agentFailed: true
        case .unauthorized, .toolNotAllowed, .forbidden, .refused, .notAGateway, .rateLimited, .unreachable,
            .tooManyOpenFiles, .queuedTooLong, .notWrittenDown, .cancelled:
            false
        }
    }

    /// Whether the same question may be taken a moment later.
    package var mayPass: Bool {
        switch self {
        case .rateLimited, .unreachable, .tooManyOpenFiles: true
        default: false
        }
    }
}
