/// A scheduled call or text of a mission, as the autopilot follows it.
package struct Appointment: Codable, Equatable, Sendable {
    package enum Phase: String, Codable, Sendable {
        /// To be scheduled; the service may have it already, see ``Appointment/isPosted``.
        case scheduling
        case open
        /// The conversation is over and its insights are awaited.
        case insights
        case settled
    }

    package enum Outcome: String, Codable, Sendable {
        case completed, busy, failed, canceled
        case noAnswer = "no-answer"
        /// Called off by `cancel-remaining`, or because another call to the number came through.
        case calledOff = "called-off"
        /// Whether it was scheduled cannot be found out.
        case uncertain

        /// Whether another try may reach somebody.
        var isRetried: Bool { [.noAnswer, .busy, .failed].contains(self) }
        /// Whether somebody has to say what is to be done.
        var isUndecided: Bool { self == .canceled || self == .uncertain }
    }

    /// Its name in the record.
    package let key: String
    /// The service's name for it.
    package var id: String?
    package let assistant: String
    package let to: String
    package let from: String
    /// RFC 3339.
    package var scheduledAt: String
    /// The words of a text; nil for a call.
    package let text: String?
    package let step: String?
    /// Counts from 1; higher ones are the autopilot's own.
    package let attempt: Int
    /// The row of a batch that it was made from.
    package var row: String?
    package var phase: Phase
    /// A request to schedule it went out, and no answer to it is known.
    package var isPosted = false
    package var outcome: Outcome?
    package var callStatus: String?
    package var conversation: String?
    package var durationSeconds: Int?
    /// It has rung, at least.
    package var hasBegun = false
    /// Unix time of the next look at the service.
    package var nextLook = 0
    /// How often its insights were looked for.
    package var insightLooks = 0

    var isSettled: Bool { phase == .settled }
    /// The same for all that goes to one number for one step.
    var thread: String { [to, step ?? "", text == nil ? "call" : "sms"].joined(separator: "|") }
    /// Of its time, if it can be read.
    var due: Int? { AppointmentTime.seconds(scheduledAt) }

    /// The service has it, under this id.
    mutating func took(_ id: String, at now: Int) {
        self.id = id
        isPosted = false
        phase = .open
        nextLook = max(now, (due ?? now) + LookPace.firstAfterItsTime)
    }

    func settled(_ outcome: Outcome) -> Appointment {
        var settled = self
        (settled.phase, settled.outcome, settled.isPosted) = (.settled, outcome, false)
        return settled
    }
}
