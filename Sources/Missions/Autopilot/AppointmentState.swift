import ClawdTalkAPI

/// An appointment as the service tells it (shared/spec/rest-api.md 2, 27, and its vocabularies).
struct AppointmentState {
    let status: String?
    let callStatus: String?
    let conversation: String?
    let durationSeconds: Int?

    /// Seconds: what is longer is no duration of a call.
    private static let longestDuration = 1e7

    /// Whether the service still means to make it.
    var isPending: Bool { status == "pending" || status == "scheduled" }

    enum Verdict: Equatable {
        case pending, ringing, inProgress
        case over(Appointment.Outcome)
    }

    init(_ json: JSONValue) {
        status = json["status"]?.string
        callStatus = json["call_status"]?.string
        conversation = json["conversation_id"]?.identifier
        let duration = (json["duration_seconds"] ?? json["duration"])?.number
        durationSeconds = duration.flatMap { (0...Self.longestDuration).contains($0) ? Int($0) : nil }
    }

    /// - Parameter due: seconds until its time, less than zero after it.
    func verdict(secondsUntilDue due: Int) -> Verdict {
        let ending = callOutcome
        switch status {
        case "completed": return .over(ending ?? .completed)
        case "failed": return .over(ending ?? .failed)
        case "canceled", "cancelled": return .over(.canceled)
        case "pending", "scheduled":
            // The service may try again itself.
            if let ending, -due > LookPace.patience { return .over(ending) }
            return .pending
        default: break
        }
        if let ending { return .over(ending) }
        switch callStatus {
        case "ringing": return .ringing
        case "in-progress", "in_progress": return .inProgress
        default: return status == "in_progress" ? .inProgress : .pending
        }
    }

    private var callOutcome: Appointment.Outcome? {
        switch callStatus {
        case "completed": .completed
        case "no-answer", "no_answer": .noAnswer
        case "busy": .busy
        case "failed": .failed
        case "canceled", "cancelled": .canceled
        default: nil
        }
    }
}
