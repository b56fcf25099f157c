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

        /// - Returns: nil unless it is an answer with the status `ok`, its texts texts and nothing else of note.
        init?(_ node: JSONNode) {
            let mode = node["delivery"]?["mode"]
            guard node["status"]?.string == "ok", let reply = node["reply"]?.string,
                mode == nil || mode?.string != nil
            else { return nil }
            (status, self.reply, error, sentBeforeError) = ("ok", Lenient(reply), nil, nil)
            delivery = (mode?.string).map { Lenient(Delivery(mode: $0)) }
        }

        /// The gateway will run the agent once more to announce this turn (B4 item 2). This says nothing of
        /// the reply.
        var announces: Bool { delivery?.value?.mode == "announce" }
    }
}
