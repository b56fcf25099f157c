import ClawdTalkAPI
import Foundation

/// What follows from the end of a call or a text.
extension Autopilot {
    /// Writes down in one step how it ended, its result in the memory, the next try and everything that is to be told.
    func settle(
        _ appointment: Appointment, _ outcome: Appointment.Outcome, _ insights: [JSONValue], _ work: RoundWork
    ) async throws {
        let mayRetry = outcome.isRetried ? try await isStillPlanned(appointment, work) : false
        let now = now
        let next = now + (outcome.isRetried ? LookPace.retry(after: outcome, ports.draw) : 0)
        try file.update(work.slug) { entry in
            var record = entry.autopilot
            record.begin(appointment.step)
            var settled = appointment
            (settled.phase, settled.outcome) = (.settled, outcome)
            record[appointment.key] = settled
            let retry =
                mayRetry && appointment.attempt <= record.retries
                ? record.retry(appointment, notBefore: next) : nil
            record.effects += Self.told(appointment, outcome, insights, retry: retry)
            if outcome.isUndecided {
                record.effects += Self.undecided(appointment, outcome, at: now)
            } else if retry == nil {
                record.effects += record.stepEffects(after: appointment, now: now)
            }
            entry.autopilot = record
            if retry == nil {
                entry.append(
                    Self.result(settled, outcome, insights), under: "results",
                    at: Date(timeIntervalSince1970: Double(now)))
            }
        }
        ports.log("mission \(work.slug): \(appointment.key) ended: \(outcome.rawValue)")
    }

    /// Only what the plan has, and is not over there, is called again.
    private func isStillPlanned(_ appointment: Appointment, _ work: RoundWork) async throws(RESTFailure)
        -> Bool
    {
        guard let step = appointment.step else { return true }
        let plan = try await plan(work)
        return plan[step].map { !$0.isOver } ?? false
    }

    /// For the memory and the report.
    private static func result(
        _ appointment: Appointment, _ outcome: Appointment.Outcome, _ insights: [JSONValue]
    ) -> JSONValue {
        .members([
            "to": .string(appointment.to), "step": appointment.step.map { .string($0) },
            "outcome": .string(outcome.rawValue), "attempts": .number("\(appointment.attempt)"),
            "duration_seconds": appointment.durationSeconds.map { .number("\($0)") },
            "conversation_id": appointment.conversation.map { .string($0) },
            "insights": insights.isEmpty ? nil : .array(insights),
        ])
    }

    private static func told(
        _ appointment: Appointment, _ outcome: Appointment.Outcome, _ insights: [JSONValue],
        retry: Appointment?
    ) -> [Effect] {
        let what = appointment.text == nil ? "Call" : "Text"
        let again = retry.map { "; again at \($0.scheduledAt)" } ?? ""
        let payload: JSONValue = .members([
            "call_status": .string(outcome.rawValue),
            "conversation_id": appointment.conversation.map { .string($0) },
            "insights": insights.isEmpty ? nil : .array(insights),
        ])
        return [
            .event(
                type: outcome == .failed ? "error" : "custom",
                summary:
                    "\(what) to \(appointment.to), try \(appointment.attempt): \(outcome.rawValue)\(again)",
                step: appointment.step, payload: payload.compactText)
        ]
    }

    /// Somebody has to say what is to be done.
    static func undecided(_ appointment: Appointment, _ outcome: Appointment.Outcome, at now: Int) -> [Effect]
    {
        let what =
            outcome == .canceled
            ? "was canceled" : "may or may not have been scheduled: the service does not tell"
        let step = appointment.step.map { " of step \($0)" } ?? ""
        return [
            .tell(
                text:
                    "The \(appointment.text == nil ? "call" : "text") to \(appointment.to)\(step) \(what). Please decide: "
                    + "schedule it again, or mark the step as skipped or failed.", since: now, isSent: false)
        ]
    }
}

extension AutopilotRecord {
    /// One more try of the same call, when the people there can be called.
    fileprivate mutating func retry(_ old: Appointment, notBefore seconds: Int) -> Appointment {
        let new = Appointment(
            key: nextKey(), id: nil, assistant: old.assistant, to: old.to, from: old.from,
            scheduledAt: time(to: old.to, notBefore: seconds), text: old.text, step: old.step,
            attempt: old.attempt + 1, row: old.row, phase: .scheduling)
        appointments.append(new)
        return new
    }

    /// RFC 3339: the first time from `seconds` on at which the number may be called.
    func time(to number: String, notBefore seconds: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(seconds))
        return AppointmentTime.text(
            Int(callingHours(of: number).next(from: date).timeIntervalSince1970.rounded(.up)))
    }

    /// When a number may be called.
    package func callingHours(of number: String) -> BusinessHours {
        BusinessHours.of(number, hours: hours, timezone: timezone)
    }

    /// A step is completed or failed with its last call; with several calls one that is completed is enough.
    func stepEffects(after appointment: Appointment, now: Int) -> [Effect] {
        guard let step = appointment.step else { return [] }
        let calls = appointments.filter { $0.step == step }
        let isUndecided = latest.contains { $0.step == step && $0.outcome?.isUndecided == true }
        guard calls.allSatisfy(\.isSettled), !isUndecided else { return [] }
        if calls.contains(where: { $0.outcome == .completed }) {
            return [
                .step(id: step, status: "completed"),
                .event(
                    type: "step_completed", summary: "All calls of this step are over", step: step,
                    payload: nil),
            ]
        }
        if calls.allSatisfy({ $0.outcome == .calledOff }) { return [.step(id: step, status: "skipped")] }
        let reasons = calls.compactMap { $0.outcome?.rawValue }
        let reason = "Nobody was reached: " + Set(reasons).sorted().joined(separator: ", ")
        return [
            .step(id: step, status: "failed"),
            .event(type: "error", summary: reason, step: step, payload: nil),
            .memory(key: "error_\(step)", value: JSONValue.string(reason).compactText),
        ]
    }
}
