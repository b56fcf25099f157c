/// The words that the service is known to take somewhere (shared/spec/rest-api.md 2). It may know more, so none is refused.
package struct Vocabulary: Sendable {
    /// In the plural, as in "run statuses".
    package let subject: String
    package let words: [String]

    package static let runStatuses = Vocabulary(
        subject: "run statuses", words: ["pending", "running", "paused", "succeeded", "failed", "cancelled"])
    package static let stepStatuses = Vocabulary(
        subject: "step statuses", words: ["pending", "in_progress", "completed", "skipped", "failed"])
    package static let eventTypes = Vocabulary(
        subject: "event types",
        words: ["tool_call", "custom", "message", "error", "step_started", "step_completed"])
    package static let phoneUses = Vocabulary(subject: "uses of a number", words: ["voice", "sms"])

    /// What to tell the one who uses another word; nil for a known one.
    package func note(on word: String) -> String? {
        words.contains(word)
            ? nil
            : "note: \"\(word)\" is sent as it is; the known \(subject) are \(words.joined(separator: ", "))"
    }
}
