/// What is said in a call, and when; the defaults are those of ``ConfigurationKey``.
package struct ConversationConfiguration: Equatable, Sendable {
    package var language = "en"
    /// Sentences in place of the language's own, by name.
    package var phrases: [String: String] = [:]
    package var replyTimeLimit = Duration.seconds(110)
    package var firstProgressAfter = Duration.seconds(3)
    package var progressEvery = Duration.seconds(6)
    /// nil means the language's own.
    package var fillers: [String]?
    package var speaksAgentTexts = true
    /// nil means the language's own.
    package var stopWords: [String]?
    package var approvalMode = ApprovalMode.sensitive
    package var approvalRules: [String] = []
    package var keepsTranscripts = false
    package var transcriptDays = 30

    package init() {}
}
