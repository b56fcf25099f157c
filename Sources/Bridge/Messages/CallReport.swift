import ClawdTalkAPI

/// Calls that ended, in words for the agent.
enum CallReport {
    /// In seconds: a report that is older says so.
    private static let freshness = 600
    /// In characters, of a purpose or a voicemail's message.
    private static let longestDetail = 500

    /// One message for one call or several.
    /// - Parameter age: in seconds, of the end of a call.
    static func message(for entries: [ReportEntry], age: (Timestamp) -> Int) -> String {
        let lines = entries.map { line(for: $0, age: age($0.endedAt)) }
        let calls =
            lines.count == 1
            ? lines[0]
            : "\(lines.count) calls have ended:\n" + lines.map { "- \($0)" }.joined(separator: "\n")
        return """
            [Call report] \(calls)

            (For your information; no answer is needed. Answer NO_REPLY unless there is something to do.)
            """
    }

    private static func line(for entry: ReportEntry, age: Int) -> String {
        let outcome = entry.outcome
        var line = direction(outcome.direction)
        if let number = detail(outcome.toNumber) { line += " to \(number)" }
        line += ": " + result(of: outcome)
        if let seconds = outcome.durationSeconds { line += ", \(duration(seconds))" }
        if let purpose = detail(outcome.purpose) { line += ". Purpose: \(purpose)" }
        if let said = detail(outcome.voicemailMessage) { line += ". Message left: \"\(said)\"" }
        if age >= freshness { line += ". It ended \(duration(age)) ago" }
        return line.last.map { ".!?\"".contains($0) } == true ? line : line + "."
    }

    private static func direction(_ direction: String?) -> String {
        switch direction {
        case "inbound": "Inbound call"
        case "outbound": "Outbound call"
        default: "Call"
        }
    }

    private static func result(of outcome: CallOutcome) -> String {
        switch outcome.outcome {
        case "voicemail": "voicemail"
        case "voicemail_failed": "voicemail, but no message could be left"
        case "no_answer": "no answer"
        case "fax": "a fax machine answered"
        default: "completed" + (reason(outcome.reason).map { " (\($0))" } ?? "")
        }
    }

    private static func reason(_ reason: String?) -> String? {
        switch reason {
        case "user_hangup": "the caller hung up"
        case "amd_silence": "nobody spoke"
        default: detail(reason?.replacing("_", with: " "))
        }
    }

    /// One line of somebody else's words.
    private static func detail(_ text: String?) -> String? {
        let words = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : SpeechText.limited(words, to: longestDetail)
    }

    /// 45s, 1m 15s, 1h 2m 3s.
    static func duration(_ seconds: Int) -> String {
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        if hours > 0 { return "\(hours)h \(minutes)m \(rest)s" }
        return minutes > 0 ? "\(minutes)m \(rest)s" : "\(rest)s"
    }
}
