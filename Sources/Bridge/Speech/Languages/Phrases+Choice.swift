package import ClawdTalkAPI

extension Phrases {
    static let languages: [String: Phrases] = [
        "en": english, "de": german, "es": spanish, "fr": french, "it": italian, "pt": portuguese,
        "nl": dutch,
    ]

    /// The phrases of a conversation: those of its language (`pt-BR` is `pt`; an unknown one is English), with the
    /// user's own sentences, fillers and words in place of them.
    package init(_ conversation: ConversationConfiguration) {
        let code = conversation.language.prefix { $0 != "-" && $0 != "_" }.lowercased()
        self = Self.languages[code] ?? .english
        for (name, text) in conversation.phrases where !text.allSatisfy(\.isWhitespace) {
            if let path = Self.names[name] { self[keyPath: path] = text }
        }
        if let own = conversation.fillers { fillers = Self.varied(own, else: fillers) }
        if let own = conversation.stopWords { stopWords = own }
    }

    /// Never the same sentence twice in a row: a list of one is filled up with the language's own.
    private static func varied(_ own: [String], else standard: [String]) -> [String] {
        var distinct: [String] = []
        for text in own where !text.allSatisfy(\.isWhitespace) && !distinct.contains(text) {
            distinct.append(text)
        }
        return distinct.count > 1 ? distinct : distinct + standard.filter { !distinct.contains($0) }
    }

    /// What of a configuration's `phrases` means nothing, for a warning.
    package static func unknownNames(in phrases: [String: String]) -> [String] {
        phrases.keys.filter { names[$0] == nil }.sorted()
    }

    /// The names that `phrases` in skill-config.json knows (docs/phrases.md).
    package static let names: [String: any WritableKeyPath<Phrases, String> & Sendable] = [
        "greeting": \.greeting, "greeting_by_name": \.greetingByName,
        "waiting_behind_other": \.waitingBehindOther,
        "waiting_behind_earlier": \.waitingBehindEarlier, "gateway_unavailable": \.gatewayUnavailable,
        "empty_question": \.emptyQuestion, "nothing_speakable": \.nothingSpeakable,
        "said_in_full": \.saidInFull, "late_answer": \.lateAnswer, "stopped_waiting": \.stoppedWaiting,
        "acknowledged": \.acknowledged, "stopping": \.stopping, "restarting": \.restarting,
        "interrupted": \.interrupted, "call_has_ended": \.callHasEnded,
        "no_reply": \.noReply, "unauthorized": \.unauthorized, "tool_not_allowed": \.toolNotAllowed,
        "forbidden": \.forbidden, "refused": \.refused, "not_a_gateway": \.notAGateway,
        "rate_limited": \.rateLimited, "unreachable": \.unreachable,
        "too_many_open_files": \.tooManyOpenFiles, "queued_too_long": \.queuedTooLong,
        "not_written_down": \.notWrittenDown, "session_lost": \.sessionLost,
        "timed_out": \.timedOut, "uncertain": \.uncertain, "agent_failed": \.agentFailed,
        "approval_asked": \.approvalAsked, "approval_by_speech": \.approvalBySpeech,
        "approval_denied": \.approvalDenied, "approval_timed_out": \.approvalTimedOut,
        "approval_failed": \.approvalFailed, "denied_by_speech": \.deniedBySpeech,
        "test_push_sent": \.testPushSent, "test_push_no_device": \.testPushNoDevice,
        "test_push_failed": \.testPushFailed, "text_timed_out": \.textTimedOut,
        "text_uncertain": \.textUncertain, "text_agent_failed": \.textAgentFailed,
        "text_not_approved": \.textNotApproved,
    ]
}
