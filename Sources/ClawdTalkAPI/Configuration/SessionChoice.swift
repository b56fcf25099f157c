/// Which of the agent's sessions a question goes to.
package enum SessionChoice: String, Sendable {
    /// One session for all.
    case main
    /// One for each call, and one for each sender of text messages; reports stay in the main one.
    case call
}
