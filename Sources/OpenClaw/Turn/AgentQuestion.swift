/// One thing to ask the agent.
package struct AgentQuestion: Equatable, Sendable {
    package let sessionKey: String
    package let text: String
    /// From now to the moment when whoever asked is told that there is no reply, waiting in the queue included.
    package let timeLimit: Duration
    /// How long a reply is still waited for after that.
    package var lateLimit = Duration.zero
    /// False for a message that only has to arrive, such as a report.
    package var wantsReply = true
    /// False where nobody listens: then it is asked in the way that a crash of ours cannot cut off.
    package var mayStream = true
    /// Under which it goes out, where that had to be written down before (``AgentLink/newMarker()``); nil gives it one.
    package var marker: Marker?
    /// How a process that is gone may have asked this: the history is looked at first, and it is asked only when it
    /// is certain that it was not.
    package var earlier: EarlierAsking?

    package init(sessionKey: String, text: String, timeLimit: Duration) {
        (self.sessionKey, self.text, self.timeLimit) = (sessionKey, text, timeLimit)
    }
}
