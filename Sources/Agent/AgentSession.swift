/// A conversation of the agent's that remembers what was said in it. What it is called at the agent's is the agent's affair.
package enum AgentSession: Hashable, Sendable {
    /// The one that all share, with the user's other channels.
    case main
    /// Of one call.
    case call(String)
    /// Of one sender of texts.
    case sender(String)
}

/// Which session a question goes to.
package enum SessionPolicy: String, Sendable {
    /// All in the main one, one after another.
    case main
    /// Each call and each sender of texts in one of their own, side by side; reports in the main one.
    case call

    package func session(for origin: AgentQuestion.Origin) -> AgentSession {
        switch (self, origin) {
        case (.call, .call(let id?)): .call(id)
        case (.call, .text(let sender)): .sender(sender)
        default: .main
        }
    }
}
