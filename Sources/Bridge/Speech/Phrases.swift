package import OpenClaw

/// What the bridge says in its own name. Each sentence is short and true; none repeats what a machine
/// reported.
package enum Phrases {
    package static let stillWorking = [
        "One moment, I'm on it.", "Still working on it.", "This takes a little longer.",
        "I'm still waiting for the answer.",
        "Still at it, thanks for your patience.",
    ]
    package static let waitingBehindOther = "Another question is being answered first."
    package static let gatewayUnavailable =
        "Your agent isn't answering right now. I keep trying, this takes a moment."
    package static let emptyQuestion = "I didn't catch the question."
    package static let nothingSpeakable = "The answer has nothing that can be spoken."
    package static let stopping = "I have to stop here, before the answer came."

    package static func sentence(for outcome: TurnOutcome) -> String {
        switch outcome {
        case .reply: nothingSpeakable
        case .saidInFull: "That was the answer."
        case .noReply: "The agent finished without saying anything."
        case .failed(let failure): sentence(for: failure)
        }
    }

    private static func sentence(for failure: TurnFailure) -> String {
        switch failure {
        case .unauthorized:
            "I can't ask your agent: the gateway doesn't accept my token. Please check the setup."
        case .toolNotAllowed:
            "I can't ask your agent: the gateway doesn't allow it yet. Running the setup fixes that."
        case .forbidden: "The gateway's rules didn't let me pass your question on."
        case .refused: "The gateway refused the question, so it was not asked."
        case .notAGateway: "What answers at the gateway's address is not your agent. Please check the setup."
        case .rateLimited:
            "The gateway is too busy, so your question was not asked. Please try again in a minute."
        case .unreachable: "I can't reach your agent right now, so your question was not asked."
        case .queuedTooLong: "An earlier question took too long, so yours was not asked. Please ask again."
        case .timedOut: "I have no answer yet. The agent may still be working on it."
        case .uncertain:
            "I passed your question on, but I can't find an answer. I don't know whether it was carried out."
        case .agentFailed: "The agent stopped with an error before it had an answer."
        case .cancelled: "All right, I stop waiting."
        }
    }
}
