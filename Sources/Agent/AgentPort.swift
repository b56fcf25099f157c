/// An agent, whatever gateway it runs on, as ``Turn`` needs it. Used from one thread.
package protocol AgentPort: AnyObject {
    var capabilities: Capabilities { get }
    /// How it is asked now, in a word for the log and the status.
    var formName: String { get }

    /// How often a question was lost because its session was begun anew, in this process.
    var lostSessions: Int { get }

    /// For a question that is about to be asked, or written down before.
    func newReceipt() -> Receipt
    /// Asks once, when it is started.
    func ask(_ request: AgentRequest, onEvent: @escaping (AskingEvent) -> Void) -> any Asking
    /// Finds out what became of a question that a process that is gone may have asked, without asking anything.
    func find(_ earlier: EarlierAsking, for request: AgentRequest, onEvent: @escaping (AskingEvent) -> Void)
        -> any Asking
    /// Reads what the first question would have to wait for.
    func prepare()
    /// Something about the credentials or the gateway's configuration changed: what it taught is tried again.
    func settingsChanged()
    /// Whether it lives and takes work; calls back once, with nil or with the reason why not.
    func checkHealth(_ completion: @escaping (_ problem: String?) -> Void)
}

/// What an agent can do.
package struct Capabilities: Equatable, Sendable {
    /// The answer comes in parts, while it is being written.
    package var streams = false
    /// An answer can be found after our process, or the connection, has ended.
    package var findsLater = false
    /// Who stops waiting can end the agent's work.
    package var cancelEndsRun = false
    /// It remembers what was said before in the same session.
    package var keepsMemory = false
    /// It tells which tools it uses.
    package var tellsTools = false

    package init() {}
}

/// One question, for one asking.
package struct AgentRequest: Equatable, Sendable {
    package let question: AgentQuestion
    package let session: AgentSession
    package let receipt: Receipt
    /// When whoever asked is told that there is no reply, by the port's clock.
    package let deadline: Duration

    package init(_ question: AgentQuestion, in session: AgentSession, receipt: Receipt, deadline: Duration) {
        (self.question, self.session) = (question, session)
        (self.receipt, self.deadline) = (receipt, deadline)
    }
}

/// A question that is being asked. Events may come inside its calls.
package protocol Asking: AnyObject {
    /// Once.
    func start()
    /// The time is over: it answers soon with ``AskingEvent/overdue`` or an outcome.
    func timeIsUp()
    /// Nobody listens any more. Where that ends the agent's work it is ended; otherwise the session stays taken until the
    /// work is done. An outcome need not come any more, ``AskingEvent/released`` does.
    func cancel()
}

/// What comes of an asking. ``notAsked(_:retryAfter:)`` and ``wasNotAsked`` are the last; otherwise exactly one outcome and
/// exactly one release come, in either order.
package enum AskingEvent: Equatable, Sendable {
    /// From now on the agent may have it.
    case sent
    case progress(String)
    case said(String)
    /// There is an answer to be hoped for after the time limit.
    case overdue
    case outcome(TurnOutcome)
    /// The agent's work for this question is over, with all that the gateway does after it: the next one of the session
    /// may be asked.
    case released
    /// It is certain that nothing ran, and it is asked at once in another way.
    case startsAgain(after: TurnFailure)
    /// It is certain that nothing ran.
    case notAsked(TurnFailure, retryAfter: Duration?)
    /// A process that is gone did not ask it, which is certain.
    case wasNotAsked
}
