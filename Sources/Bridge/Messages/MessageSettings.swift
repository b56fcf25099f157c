package import ClawdTalkAPI

/// What decides which texts are answered and which calls are reported.
package struct MessageSettings: Equatable, Sendable {
    /// Senders whose texts are answered (E.164); nil means all.
    package var allowedSenders: [String]?
    package var reportScope = ReportScope.all
    /// From the end of the last call until reports go out.
    package var reportsAfter = Duration.seconds(120)
    package var policy = ApprovalPolicy(ConversationConfiguration())
    package var phrases = Phrases.english

    package init() {}

    package init(_ configuration: SkillConfiguration) {
        allowedSenders = configuration.smsAllow
        (reportScope, reportsAfter) = (configuration.reportCalls, configuration.reportsAfter)
        policy = ApprovalPolicy(configuration.conversation)
        phrases = Phrases(configuration.conversation)
    }
}
