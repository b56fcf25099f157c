/// Texts and reports.
extension ConfigurationKey {
    package static let smsAllow = Self(
        "sms.allow", .list, nil, "Senders whose texts are answered (E.164); without it all.")
    package static let reportCalls = Self(
        "report_calls", choice: ["all", "outbound", "none"], "all",
        "Which calls the agent is told the outcome of.")
    package static let reportsAfter = Self(
        "reports.after_seconds", number: "120", in: 0...3600,
        "How long after the last call ended the agent is told, at most 30 minutes after each call.")

    static let messages = [smsAllow, reportCalls, reportsAfter]
}
