package import ClawdTalkAPI
package import Foundation

/// An appointment of a ``SimulatedMissions``, whose state follows from the time.
struct SimulatedCall {
    let id: String
    let assistant: String
    let body: JSONValue
    let at: Date
    let ending: String
    var isCanceled = false

    private static let ringingSeconds = 60.0
    private static let talkingSeconds = 180.0
    private static let insightSeconds = 20.0

    private var hasConversation: Bool { ending == "completed" }

    func json(at now: Date) -> JSONValue {
        let age = now.timeIntervalSince(at)
        var json = body
        json["id"] = .string(id)
        let (status, call) = state(age)
        json["status"] = .string(status)
        json["call_status"] = call.map { .string($0) } ?? .null
        json["conversation_id"] =
            hasConversation && call != nil && call != "ringing" ? .string("conv-\(id)") : .null
        if call == "completed" { json["duration_seconds"] = .number("\(Int(Self.talkingSeconds))") }
        return json
    }

    private func state(_ age: Double) -> (status: String, call: String?) {
        if isCanceled || (ending == "canceled" && age >= 0) { return ("canceled", "canceled") }
        if age < 0 { return ("pending", nil) }
        if age < Self.ringingSeconds { return ("in_progress", "ringing") }
        guard hasConversation else { return ("failed", ending) }
        let isOver = age >= Self.ringingSeconds + Self.talkingSeconds
        return isOver ? ("completed", "completed") : ("in_progress", "in-progress")
    }

    func hasInsights(at now: Date) -> Bool {
        hasConversation
            && now.timeIntervalSince(at) >= Self.ringingSeconds + Self.talkingSeconds + Self.insightSeconds
    }
}
