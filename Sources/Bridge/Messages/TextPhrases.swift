import OpenClaw

/// What is answered to a text when the agent gave no answer. Only for failures after which it may have acted: it must
/// not be asked again, and the sender must know.
enum TextPhrases {
    static func sentence(for failure: TurnFailure) -> String {
        switch failure {
        case .agentFailed:
            "Your message reached the agent, but it stopped with an error before it had an answer."
        case .timedOut:
            "Your message reached the agent, but there is no answer yet. It may still be working on it."
        default:
            "I passed your message on, but I can't find an answer. I don't know whether it was carried out."
        }
    }
}
