import ClawdTalkAPI
import Simulator

/// A call that shows one thing.
enum DemoScenario: String, CaseIterable, Sendable {
    case call
    case longRun = "long-run"
    case lateAnswer = "late-answer"
    case neverMind = "never-mind"
    case approval
    case approvalByVoice = "approval-by-voice"
    case transcripts
    case textMessage = "text-message"
    case callReport = "call-report"

    /// One line for lists.
    var summary: String {
        switch self {
        case .call: "a question, a second one while the line is cut"
        case .longRun: "an agent that takes its time; the caller is never left in silence"
        case .lateAnswer: "an answer that comes after the time limit is spoken all the same"
        case .neverMind: "the caller does not want to wait any longer"
        case .approval: "a request that needs a yes on the telephone"
        case .approvalByVoice: "the same where no telephone is paired: the caller says yes or no"
        case .textMessage: "somebody sends a text, and gets one back"
        case .callReport: "a call that the agent made went to voicemail: it is told"
        case .transcripts: "an older service, which sends what the caller says in pieces"
        }
    }

    /// From a question to the agent's answer.
    var agentTime: Duration {
        switch self {
        case .longRun: .seconds(20)
        case .lateAnswer: .seconds(8)
        case .call, .neverMind: .milliseconds(3600)
        case .approval, .approvalByVoice, .transcripts, .textMessage, .callReport: .milliseconds(1500)
        }
    }

    var approvals: ApprovalManner { self == .approval ? .approves : .noDevice }

    func adjust(_ conversation: inout ConversationConfiguration, for persona: Persona) {
        switch self {
        case .call:
            // Short enough to be watched.
            conversation.replyTimeLimit = .seconds(persona.canAnswer || persona == .runFailed ? 12 : 6)
            conversation.firstProgressAfter = .seconds(2)
            conversation.progressEvery = .seconds(3)
        case .lateAnswer: conversation.replyTimeLimit = .seconds(5)
        case .longRun, .neverMind, .approval, .approvalByVoice, .transcripts, .textMessage, .callReport: break
        }
    }
}
