import Agent
import OpenClaw
import Ports

/// Every failure, for tables.
struct TurnFailureSample {
    let failure: TurnFailure

    static let all: [TurnFailureSample] = [
        .unauthorized, .toolNotAllowed, .forbidden, .refused, .notAGateway, .rateLimited, .unreachable,
        .tooManyOpenFiles, .queuedTooLong,
        .timedOut, .uncertain, .agentFailed, .cancelled,
    ].map(TurnFailureSample.init)
}
