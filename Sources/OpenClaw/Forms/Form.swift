import Agent
import Ports
import Wire

/// A way of asking at an OpenClaw gateway, without a socket and without a clock: stimuli in, actions out. Who drives it
/// (``FormAsking``) does what it says.
///
/// Each form keeps three laws. Where the agent may have acted it does not ask again. What it gives as the answer belongs to
/// its own question. It gives one outcome, and releases the session once.
protocol Form {
    mutating func handle(_ stimulus: FormStimulus, now: Duration) -> [FormAction]
}

/// What happens to a form.
enum FormStimulus {
    /// First and once.
    case begin
    case sendEnded(SendEnding)
    case looked(HistoryLook)
    /// nil where the gateway does not say.
    case sessionState(SessionState?)
    case stream(StreamStimulus)
    /// The time of ``FormAction/wake(at:)`` has come.
    case woke
    /// Whoever asked is told now that there is no answer yet.
    case timeIsUp
    /// Nobody listens any more.
    case cancelled
}

/// What comes of a streamed completion.
enum StreamStimulus {
    case bytes([UInt8])
    /// - Parameter isStream: whether its body came as bytes; otherwise it is in the response.
    case ended(Result<HTTPResponse, HTTPPortFailure>, isStream: Bool)
}

/// How a call of `sessions_send` ended.
enum SendEnding {
    case answered(SessionsSendResult, SendHints)
    /// The gateway answered with an error in place of a result.
    case refused(GatewayError)
    /// No byte of it left.
    case notSent(tooManyOpenFiles: Bool)
    case brokeOff
}

/// What an answer of `sessions_send` says beside its result.
struct SendHints: Equatable {
    /// The gateway runs the agent once more to announce this turn (shared/spec/gateway.md B4 item 2).
    var announces = false
    /// It is of a kind that only gateways give which never take an older answer for the reply.
    var comparesBaseline = false
}

/// What a form wants.
enum FormAction: Equatable {
    /// `sessions_send`, once.
    case send(timeoutSeconds: Int)
    /// A streamed completion, once.
    case openStream
    /// Its end ends the agent's run.
    case closeStream
    /// `sessions_history`; answered with ``FormStimulus/looked(_:)``.
    case look(limit: Int, includesTools: Bool)
    /// `sessions_list`; answered with ``FormStimulus/sessionState(_:)``.
    case lookAtSession
    /// In place of the time that was asked for before.
    case wake(at: Duration)
    case tell(AskingEvent)
    /// Something about the gateway, for the questions that come.
    case learn(Lesson)
    /// This form is not taken here, and nothing ran: another one asks.
    case askInAnotherForm
}

/// What a gateway taught by an answer.
enum Lesson: Equatable {
    case refusesSelfSends
    case comparesBaseline
    /// An announce run was promised, and whether one came.
    case announces(Bool)
    case chatIsOff(status: Int)
    /// 503: it takes no work now.
    case refusesWork
    case tokenRefused
    /// It began a new conversation in the middle of a run.
    case lostSession
    case note(String, String)
}
