package import Agent

extension Phrases {
    /// The true sentence for a turn without a speakable answer.
    package func sentence(for outcome: TurnOutcome) -> String {
        switch outcome {
        case .reply: nothingSpeakable
        case .saidInFull: saidInFull
        case .noReply: noReply
        case .failed(let failure): sentence(for: failure)
        }
    }

    private func sentence(for failure: TurnFailure) -> String {
        switch failure {
        case .unauthorized: unauthorized
        case .toolNotAllowed: toolNotAllowed
        case .forbidden: forbidden
        case .refused: refused
        case .notAGateway: notAGateway
        case .rateLimited: rateLimited
        case .unreachable: unreachable
        case .tooManyOpenFiles: tooManyOpenFiles
        case .queuedTooLong: queuedTooLong
        case .notWrittenDown: notWrittenDown
        case .timedOut: timedOut
        case .uncertain: uncertain
        case .sessionLost: sessionLost
        case .agentFailed: agentFailed
        case .cancelled: stoppedWaiting
        }
    }

    /// What is answered to a text when the agent may have acted and gave no answer: it must not be asked again, and the
    /// sender must know.
    func textSentence(for failure: TurnFailure) -> String {
        switch failure {
        case .agentFailed: textAgentFailed
        case .timedOut: textTimedOut
        default: textUncertain
        }
    }

    func greeting(name: String?) -> String {
        name.map { greetingByName.replacing("{name}", with: $0) } ?? greeting
    }

    func lateAnswer(_ answer: String) -> String { lateAnswer.replacing("{answer}", with: answer) }
}
