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
    /// The message may have been delivered before the error, and the run may go on: it took too long to start.
    case uncertain
    /// An error that may have come after the run: it can have failed after it acted.
    case runFailed

    init(_ details: Details) {
        switch details.status {
        case "ok":
            let reply = details.reply?.value ?? ""
            self = reply.allSatisfy(\.isWhitespace) ? .endedWithoutText : .reply(reply)
        case "no_reply": self = .noReply
        case "forbidden": self = .forbidden
        case "error" where details.error?.value?.contains("cannot target the calling session") == true:
            self = .selfSendRefused
        case "error" where Self.provesThatNothingRan(details): self = .refused
        case "error":
            let error = details.error?.value?.lowercased() ?? ""
            self =
                error.isEmpty || error.contains("timeout") || error.contains("timed out")
                ? .uncertain : .runFailed
        // accepted, timeout and whatever comes later: the run may still give an answer.
        default: self = .running
        }
    }

    /// What the tool itself says before it hands anything to the agent. Everything else may come from the run.
    private static func provesThatNothingRan(_ details: Details) -> Bool {
        guard details.sentBeforeError != true, let error = details.error?.value else { return false }
        return errorsBeforeRun.contains { error.hasPrefix($0) }
            || error.hasPrefix("Session not found: ") && error.hasSuffix("sessionKey from sessions_list)")
    }

    private static let errorsBeforeRun = [
        "No session found with label", "Multiple sessions found with label",
        "sessions_send cannot target a thread",
        "Either sessionKey or label is required", "Provide either sessionKey or label",
    ]

    struct Details: Decodable {
        let status: String
        let reply: Lenient<String>?
        let error: Lenient<String>?
        let sentBeforeError: Bool?
        let delivery: Lenient<Delivery>?

        struct Delivery: Decodable {
            let mode: String?
            let status: String?
        }

        /// - Returns: nil unless it is an answer with the status `ok`, its texts texts and nothing else of note.
        init?(_ node: JSONNode) {
            let (mode, delivery) = (node["delivery"]?["mode"], node["delivery"]?["status"])
            guard node["status"]?.string == "ok", let reply = node["reply"]?.string,
                mode == nil || mode?.string != nil, delivery == nil || delivery?.string != nil
            else { return nil }
            (status, self.reply, error, sentBeforeError) = ("ok", Lenient(reply), nil, nil)
            self.delivery = Lenient(Delivery(mode: mode?.string, status: delivery?.string))
        }

        /// An announcement says nothing of the reply. Only gateways that compare a baseline skip it (B3).
        var hints: SendHints {
            SendHints(
                announces: delivery?.value?.mode == "announce",
                comparesBaseline: delivery?.value?.status == "skipped")
        }
    }
}
