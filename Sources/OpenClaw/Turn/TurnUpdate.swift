/// What a caller of ``AgentLink/ask(_:onUpdate:)`` is told, in order; `finished` comes exactly once and last.
package enum TurnUpdate: Equatable, Sendable {
    /// The question goes out now, under this marker; a turn that is cancelled inside this call sends nothing.
    case sending(Marker)
    /// Something the agent said on the way, free of control tokens; each text once.
    case progress(String)
    /// A part of the answer itself, a sentence or more, free of control tokens; it does not come again.
    case said(String)
    /// The gateway does not answer right now; the question waits for it.
    case gatewayUnavailable
    /// The time is over, and the agent may still be working: a reply is waited for a while longer.
    case overdue
    /// The next question of the session is asked now, and this one's reply is still looked for.
    case leftLane
    case finished(TurnOutcome)
}
