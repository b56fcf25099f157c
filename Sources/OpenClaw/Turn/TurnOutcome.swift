/// How a turn ended.
package enum TurnOutcome: Equatable, Sendable {
    /// The agent's answer, free of control tokens, markup kept.
    case reply(String)
    /// The agent ended without anything to say.
    case noReply
    case failed(TurnFailure)
}
