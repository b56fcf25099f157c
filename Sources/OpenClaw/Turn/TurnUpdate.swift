/// What a caller of ``AgentLink/ask(_:onUpdate:)`` is told, in order; `finished` comes exactly once and last.
package enum TurnUpdate: Equatable, Sendable {
    /// The question is with the gateway.
    case sent
    /// Something the agent said on the way, free of control tokens; each text once.
    case progress(String)
    /// The gateway does not answer right now; the question waits for it.
    case gatewayUnavailable
    case finished(TurnOutcome)
}
