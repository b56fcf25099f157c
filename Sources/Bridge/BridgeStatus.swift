package import OpenClaw

/// What the bridge is doing, at one moment.
package struct BridgeStatus: Equatable, Sendable {
    package let line: ServiceLine.State
    /// How long the line has been in this state.
    package let lineSince: Duration
    /// Since the last pong or login; nil before the first.
    package let lastPongAge: Duration?
    package let reconnects: Int
    /// Whether a telephone for approvals is paired; nil when the service does not say.
    package let hasDevices: Bool?
    package let liveCalls: Int
    package let openQuestions: Int
    /// Requests that wait for the owner's yes.
    package let approvalsWaiting: Int
    package let answered: Int
    package let failed: Int
    /// Answers that the service has not confirmed.
    package let undelivered: Int
    /// Texts that are not answered, and calls that the agent was not told of.
    package let textsWaiting: Int
    package let reportsWaiting: Int
    package let form: AgentLink.Form
}
