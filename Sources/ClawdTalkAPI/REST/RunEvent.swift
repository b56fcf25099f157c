/// Something that happened in a run, for its log (shared/spec/rest-api.md 2, 11).
package struct RunEvent: Equatable, Sendable {
    /// tool_call, custom, message, error, step_started or step_completed; the service checks it.
    package let type: String
    package let summary: String
    /// nil when it belongs to no step.
    package let step: String?
    package let payload: JSONValue?

    package init(type: String, summary: String, step: String? = nil, payload: JSONValue? = nil) {
        (self.type, self.summary, self.step, self.payload) = (type, summary, step, payload)
    }

    var body: JSONValue {
        .members([
            "type": .string(type), "summary": .string(summary), "agent_id": "claude-code",
            "step_id": step.map { .string($0) }, "payload": payload.flatMap { $0.isTruthy ? $0 : nil },
        ])
    }
}
