import Bridge

/// The sentences that are true of a question without an answer, by what they say of the agent.
enum HonestSentence {
    private static let phrases = Phrases.english

    /// Not asked, says each of these.
    private static let notAsked: Set<String> = [
        phrases.unreachable, phrases.rateLimited, phrases.queuedTooLong, phrases.refused, phrases.restarting,
        phrases.tooManyOpenFiles, phrases.callHasEnded,
    ]
    /// Each of these leaves open what the agent did, or what it said.
    private static let unknown: Set<String> = [
        phrases.interrupted, phrases.stopping, phrases.timedOut, phrases.uncertain, phrases.agentFailed,
    ]
    private static let ofTexts: Set<String> = [
        phrases.textTimedOut, phrases.textUncertain, phrases.textAgentFailed,
    ]

    static func saysNotAsked(_ text: String) -> Bool { notAsked.contains(text) }

    static func isOne(_ text: String) -> Bool { notAsked.contains(text) || unknown.contains(text) }

    /// The end of an answer whose beginning was said before, as chat does it.
    static func isRest(_ text: String) -> Bool {
        text == phrases.saidInFull || text.hasPrefix(Question.furtherSentence)
    }

    static func isOneOfTexts(_ text: String) -> Bool { ofTexts.contains(text) }

    /// The answer in what is said later than the result; nil when this is none.
    static func lateAnswer(in text: String) -> String? {
        let frame = phrases.lateAnswer.split(separator: "{answer}", omittingEmptySubsequences: false)
        guard let before = frame.first, text.hasPrefix(before) else { return nil }
        return String(text.dropFirst(before.count))
    }
}
