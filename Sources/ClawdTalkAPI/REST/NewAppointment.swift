/// A call or a text to be scheduled (shared/spec/rest-api.md 2, 25 and 26).
package struct NewAppointment: Equatable, Sendable {
    package let assistant: String
    package let to: String
    package let from: String
    /// RFC 3339, as it is sent.
    package let scheduledAt: String
    /// The words of a text; nil makes it a call.
    package var text: String?
    package var mission: String?
    package var run: String?
    package var step: String?

    package init(assistant: String, to: String, from: String, scheduledAt: String) {
        (self.assistant, self.to, self.from, self.scheduledAt) = (assistant, to, from, scheduledAt)
    }

    var body: JSONValue {
        func optional(_ text: String?) -> JSONValue? { text.flatMap { $0.isEmpty ? nil : .string($0) } }
        return .members([
            "channel": text == nil ? "call" : "sms", "to": .string(to), "from": .string(from),
            "scheduled_at": .string(scheduledAt), "text_body": text.map { .string($0) },
            "mission_id": optional(mission), "run_id": optional(run), "step_id": optional(step),
        ])
    }
}
