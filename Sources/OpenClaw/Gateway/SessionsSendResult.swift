import Wire

/// What a `sessions_send` came to (shared/spec/gateway.md B3), reduced to what the turn does next.
enum SessionsSendResult: Equatable {
    case reply(String)
    /// The run ended, its text is not in the answer: the history has it.
    case endedWithoutText
    /// The run goes on, or nobody knows: the history will tell.
    case running
    /// The run ended without anything to say.
    case noReply
    /// The gateway wants no waited send to the calling session (since July 2026); nothing ran.
    case selfSendRefused
    /// Nothing ran.
    case refused
    case forbidden
    /// The message may have been delivered before the error.
    case uncertain

    init(_ details: Details) {
        switch details.status {
        case "ok":
            let reply = details.reply?.value ?? ""
            self = reply.allSatisfy(\.isWhitespace) ? .endedWithoutText : .reply(reply)
        case "no_reply": self = .noReply
        case "forbidden": self = .forbidden
        case "error" where details.error?.value?.contains("cannot target the calling session") == true:
            self = .selfSendRefused
        case "error": self = details.sentBeforeError == true ? .uncertain : .refused
        // accepted, timeout and whatever comes later: the run may still give an answer.
        default: self = .running
        }
    }

    struct Details: Decodable {
        let status: String
        let reply: Lenient<String>?
        let error: Lenient<String>?
        let sentBeforeError: Bool?
        let delivery: Lenient<Delivery>?

        struct Delivery: Decodable {
            let mode: String?
        }

        /// The gateway will run the agent once more to announce this turn (B4 item 2). This says nothing of
        /// the reply.
        var announces: Bool { delivery?.value?.mode == "announce" }
    }
}
