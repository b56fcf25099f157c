/// How a turn ended.
package enum TurnOutcome: Equatable, Sendable {
    /// The agent's answer, fit for a person, markup kept; of one that was said in parts, the rest.
    case reply(String)
    /// Everything that the agent answered was ``TurnUpdate/said(_:)``.
    case saidInFull
    /// The agent ended without anything to say, or the message arrived and no reply was wanted.
    case noReply
    case failed(TurnFailure)
}
