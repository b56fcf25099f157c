/// What is said in a call, and when.
extension ConfigurationKey {
    package static let language = Self(
        "language", .text, "en",
        "What the bridge itself says: en, de, es, fr, it, pt, nl; others with phrases of their own.")
    package static let phrases = Self(
        "phrases", .texts, nil, "Sentences in place of the language's own, by name (docs/phrases.md).")
    package static let replyTimeout = Self(
        "reply_timeout_seconds", number: "110", in: 5...3600,
        "From a question's arrival to the sentence that there is no answer yet.")
    package static let firstProgress = Self(
        "progress.first_after_seconds", number: "3", in: 0.5...60,
        "The longest silence before the first sentence.")
    package static let nextProgress = Self(
        "progress.every_seconds", number: "6", in: 1...60, "The longest silence after that.")
    package static let fillers = Self(
        "progress.fillers", .list, nil, "Sentences for when the agent says nothing, at least two.")
    package static let agentTexts = Self(
        "progress.agent_texts", .flag, "true", "Whether what the agent says on the way is spoken.")
    package static let stopWords = Self(
        "stop_words", .list, nil, "What ends the wait for an answer; without it the language's own.")
    package static let approvalMode = Self(
        "approvals.mode", choice: ["sensitive", "always", "off"], "sensitive",
        "Which requests need a yes on your phone: sensitive ones (English), always all, off none.")
    package static let approvalRules = Self(
        "approvals.rules", .list, nil,
        "Lines of the table of sensitive requests to add (verb: objects) or to take out (-verb).")
    package static let transcripts = Self(
        "transcripts", choice: ["off", "on"], "off", "Whether calls are kept as files in calls/.")
    package static let transcriptDays = Self(
        "transcript_days", number: "30", in: 1...3650, "How long they are kept.")

    static let conversation = [
        language, phrases, replyTimeout, firstProgress, nextProgress, fillers, agentTexts, stopWords,
        approvalMode, approvalRules, transcripts, transcriptDays,
    ]
}
