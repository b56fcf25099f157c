/// A gateway of some version in some condition (shared/spec/gateway.md section 0, A2, B3-B5).
package enum Persona: String, CaseIterable, Sendable {
    case waited
    case contentOnly = "content-only"
    case okWithoutReply = "ok-without-reply"
    case stillRunning = "still-running"
    case timeoutStatus = "timeout-status"
    case selfSendRefused = "self-send-refused"
    case announce
    case noStopReason = "no-stop-reason"
    case restarting
    case rateLimited = "rate-limited"
    case cutAnswer = "cut-answer"
    case serverError = "server-error"
    case notAllowed = "not-allowed"
    case wrongToken = "wrong-token"
    case forbidden
    case refused
    case runFailed = "run-failed"
    case noReply = "no-reply"
    case hanging
    case html
    case notAGateway = "not-a-gateway"
    case lost
    case chat
    case chatBroken = "chat-broken"
    case chatOff = "chat-off"

    /// One line for lists.
    package var summary: String {
        switch self {
        case .waited: "the reply comes in the waited call"
        case .contentOnly: "the reply stands only in the text content"
        case .okWithoutReply: "ok without a reply; the history has it"
        case .stillRunning: "the wait runs out, the agent goes on (2026.5 and later)"
        case .timeoutStatus: "the same, said as a timeout (before 2026.5)"
        case .selfSendRefused: "no waited send to the calling session (2026.7 and later)"
        case .announce: "an announce run after each turn, whose text answers the next question"
        case .noStopReason: "an old history without stop reasons"
        case .restarting: "down for a while, then 503, then well"
        case .rateLimited: "429 with Retry-After, then well"
        case .cutAnswer: "the connection breaks inside the answer; the agent has worked"
        case .serverError: "500, and yet the agent has worked"
        case .notAllowed: "sessions_send is not allowed over HTTP"
        case .wrongToken: "the token is refused"
        case .forbidden: "session visibility forbids it"
        case .refused: "the send fails before anything runs"
        case .runFailed: "the run fails after it acted, and the answer does not say that it ran"
        case .noReply: "the agent ends without a word"
        case .hanging: "the gateway takes the question and says nothing"
        case .html: "200 with a web page"
        case .notAGateway: "404 with a web page"
        case .chat: "asked by chat: a stream, whose end by the caller ends the run"
        case .chatBroken: "the stream breaks in the middle, the run goes on (before 2026.4)"
        case .chatOff: "chat is wanted and not enabled"
        case .lost: "ok without a reply, and the history has moved on"
        }
    }

    /// Whether the bridge is to ask by chat.
    package var wantsChat: Bool { self == .chat || self == .chatBroken || self == .chatOff }

    /// Whether a caller can get the agent's answer from it.
    package var canAnswer: Bool {
        switch self {
        case .notAllowed, .wrongToken, .forbidden, .refused, .runFailed, .noReply, .hanging, .html,
            .notAGateway, .lost:
            false
        default: true
        }
    }
}
