/// One thing to ask the agent.
package struct AgentQuestion: Equatable, Sendable {
    package let sessionKey: String
    package let text: String
    /// From now to the moment when a reply is no longer worth having, waiting in the queue included.
    package let timeLimit: Duration

    package init(sessionKey: String, text: String, timeLimit: Duration) {
        (self.sessionKey, self.text, self.timeLimit) = (sessionKey, text, timeLimit)
    }
}
