package import ClawdTalkAPI

/// Which requests need the owner's yes.
package struct ApprovalPolicy: Equatable, Sendable {
    private let mode: ApprovalMode
    private let sensitive: SensitiveRequests

    package init(_ conversation: ConversationConfiguration) {
        mode = conversation.approvalMode
        sensitive = SensitiveRequests(rules: conversation.approvalRules)
    }

    /// Lines of the configuration that could not be read.
    var unreadableRules: [String] { sensitive.unreadable }

    func needsApproval(_ text: String) -> Bool {
        switch mode {
        case .always: true
        case .sensitive: sensitive.isSensitive(text)
        case .off: false
        }
    }
}
