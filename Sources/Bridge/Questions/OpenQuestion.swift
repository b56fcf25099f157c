import Agent
import ClawdTalkAPI
import Ports

/// A question that is being answered.
final class OpenQuestion {
    /// What is waited for.
    enum Stage {
        case agent(Turn)
        case approval(ApprovalRequest)
        /// Nothing yet, or nothing any more.
        case none
    }

    /// Counts questions of this process.
    let number: Int
    /// As it came, which an approval may rephrase.
    let asked: Question
    var question: Question
    let pacer: ProgressPacer
    let receivedAt: Duration
    var stage = Stage.none
    /// The owner said yes to this.
    var isApproved = false
    /// Whoever asked was told that there is no answer yet; one that comes is still spoken.
    var isOverdue = false
    /// How the owner wants the answer, whatever becomes of the call.
    var wish: AfterHangup?
    /// The number under which ``HangupDesk`` has it.
    var kept: Int?
    /// As the agent is asked.
    var message = ""
    /// All parts of the answer that came before its end.
    var parts: [String] = []
    /// Parts of the answer that could not be said when they came: there was no way, or no time left.
    var unsaid: [String] = []

    init(number: Int, question: Question, pacer: ProgressPacer, receivedAt: Duration) {
        (self.number, self.question, self.pacer, self.receivedAt) = (number, question, pacer, receivedAt)
        asked = question
    }
}
