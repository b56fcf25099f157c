/// How a turn ended.
package enum TurnOutcome: Equatable, Sendable {
    /// The agent's answer, free of control tokens, markup kept.
    case reply(String)
    /// The agent ended without anything to say, or the message arrived and no reply was wanted.
    case noReply
    case failed(TurnFailure)
}
