/// One thing to ask the agent.
package struct AgentQuestion: Equatable, Sendable {
    /// Who asks. It decides which session is asked, and who goes first where several wait for one.
    package enum Origin: Hashable, Sendable {
        /// Somebody on the phone; nil where the service names no call.
        case call(String?)
        /// A text message, from this number.
        case text(sender: String)
        /// How calls ended, and what happened in a mission: nobody waits for an answer.
        case report
    }

    package let origin: Origin
    package let text: String
    /// From now to the moment when whoever asked is told that there is no reply, waiting for the lane included.
    package let timeLimit: Duration
    /// How long a reply is still waited for after that.
    package var lateLimit = Duration.zero
    /// False for a message that only has to arrive, such as a report.
    package var wantsReply = true
    /// False where nobody listens: then it is asked in the way that a crash of ours cannot cut off.
    package var mayStream = true
    /// How a process that is gone may have asked this: that is looked at first, and it is asked only when it is certain
    /// that it was not.
    package var earlier: EarlierAsking?

    package init(_ origin: Origin, text: String, timeLimit: Duration) {
        (self.origin, self.text, self.timeLimit) = (origin, text, timeLimit)
    }
}
