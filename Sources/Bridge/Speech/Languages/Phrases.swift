/// What the bridge says in its own name, in one language. Each sentence is short and true; none repeats what a
/// machine reported. `{name}` and `{answer}` are filled in.
package struct Phrases: Equatable, Sendable {
    package var greeting: String
    package var greetingByName: String

    // While the caller waits.
    package var fillers: [String]
    package var queueFillers: [String]
    package var tryingFillers: [String]
    package var approvalFillers: [String]
    package var waitingBehindOther: String
    package var waitingBehindEarlier: String
    package var gatewayUnavailable: String

    // Instead of an answer, and around one.
    package var emptyQuestion: String
    package var nothingSpeakable: String
    package var saidInFull: String
    package var lateAnswer: String
    package var stoppedWaiting: String
    package var acknowledged: String
    package var stopping: String
    package var restarting: String
    package var interrupted: String
    package var callHasEnded: String

    // How a turn can end without an answer.
    package var noReply: String
    package var unauthorized: String
    package var toolNotAllowed: String
    package var forbidden: String
    package var refused: String
    package var notAGateway: String
    package var rateLimited: String
    package var unreachable: String
    package var tooManyOpenFiles: String
    package var queuedTooLong: String
    package var notWrittenDown: String
    package var timedOut: String
    package var uncertain: String
    package var sessionLost: String
    package var agentFailed: String

    // Approvals.
    package var approvalAsked: String
    package var approvalBySpeech: String
    package var approvalDenied: String
    package var approvalTimedOut: String
    package var approvalFailed: String
    package var deniedBySpeech: String
    package var testPushSent: String
    package var testPushNoDevice: String
    package var testPushFailed: String

    // Answers to text messages, when the agent gave none.
    package var textTimedOut: String
    package var textUncertain: String
    package var textAgentFailed: String
    package var textNotApproved: String

    // What the caller can say.
    package var stopWords: [String]
    package var approveWords: [String]
    package var denyWords: [String]
}
