/// Texts and reports.
extension ConfigurationKey {
    package static let smsAllow = Self(
        "sms.allow", .list, nil, "Senders whose texts are answered (E.164); without it all.")
    package static let reportCalls = Self(
        "report_calls", choice: ["all", "outbound", "none"], "all",
        "Which calls the agent is told the outcome of.")

    static let messages = [smsAllow, reportCalls]
}
