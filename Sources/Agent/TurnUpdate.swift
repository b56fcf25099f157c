/// What a caller of ``Lanes/ask(_:writingDown:onUpdate:)`` is told, in order; `finished` comes exactly once and last.
package enum TurnUpdate: Equatable, Sendable {
    /// From now on the agent may have the question.
    case sending
    /// Something the agent said on the way, fit for a person; each text once.
    case progress(String)
    /// A part of the answer itself, a sentence or more, fit for a person; it does not come again.
    case said(String)
    /// The gateway does not answer right now; the question waits for it.
    case gatewayUnavailable
    /// The time is over, and the agent may still be working: a reply is waited for a while longer.
    case overdue
    case finished(TurnOutcome)
}
