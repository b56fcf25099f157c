import ClawdTalkAPI
import Foundation

/// What follows from the end of a call or a text.
extension Autopilot {
    /// Seconds: a call whose time is longer ago is not made again.
    private static let retryHorizon = 3 * 86_400

    /// Writes down in one step how it ended, its result in the memory, the next try and everything that is to be told.
    func settle(
        _ appointment: Appointment, _ outcome: Appointment.Outcome, _ insights: [JSONValue], _ work: RoundWork
    ) async throws {
        let isWanted = outcome.isRetried ? try await isStillWanted(appointment, work) : false
        let now = now
        let next = now + (outcome.isRetried ? LookPace.retry(after: outcome, ports.draw) : 0)
        try edit(work) { record, entry in
            // Another program may have settled it meanwhile.
            guard record[appointment.key]?.isSettled == false else { return }
            if appointment.hasBegun { record.begin(appointment.step) }
            let settled = appointment.settled(outcome)
            record[appointment.key] = settled
            record.settledAt = now
            if outcome == .completed { record.callOffRetries(of: settled) }
            let retry = isWanted && record.mayRetry(settled) ? record.retry(settled, notBefore: next) : nil
            record.effects.append(Self.event(of: settled, insights, retry: retry))
            if outcome.isUndecided {
                record.tell(Self.question(about: settled, outcome), at: now)
            } else if retry == nil {
                record.effects += record.stepEffects(after: settled)
            }
            if retry == nil {
                let date = Date(timeIntervalSince1970: Double(now))
                entry.append(Self.result(settled, outcome, insights), under: "results", at: date)
            }
        }
        ports.log("mission \(work.slug): \(appointment.key) ended: \(outcome.rawValue)")
    }

    /// Only what the plan has, and is not over there, is called again, nothing once the run is ended, and nothing whose
    /// time is long ago.
    private func isStillWanted(_ appointment: Appointment, _ work: RoundWork) async throws(RESTFailure)
        -> Bool
    {
        guard (appointment.due ?? 0) > now - Self.retryHorizon, try await endedStatus(work) == nil else {
            return false
        }
        guard let step = appointment.step else { return true }
        return try await plan(work)[step].map { !$0.isOver } ?? false
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

    private static func event(of appointment: Appointment, _ insights: [JSONValue], retry: Appointment?)
        -> Effect
    {
        let what = appointment.text == nil ? "Call" : "Text"
        let outcome = appointment.outcome?.rawValue ?? ""
        let again = retry.map { "; again at \($0.scheduledAt)" } ?? ""
        let payload: JSONValue = .members([
            "call_status": .string(outcome),
            "conversation_id": appointment.conversation.map { .string($0) },
            "insights": insights.isEmpty ? nil : .array(insights),
        ])
        return .event(
            appointment.outcome == .failed ? "error" : "custom",
            "\(what) to \(appointment.to), try \(appointment.attempt): \(outcome)\(again)",
            step: appointment.step,
            payload: payload.compactText)
    }

    /// Somebody has to say what is to be done.
    static func question(about appointment: Appointment, _ outcome: Appointment.Outcome) -> String {
        let what =
            outcome == .canceled
            ? "was canceled" : "may or may not have been scheduled: the service does not tell"
        let step = appointment.step.map { " of step \($0)" } ?? ""
        return
            "The \(appointment.text == nil ? "call" : "text") to \(appointment.to)\(step) \(what). Please decide: "
            + "schedule it again, or mark the step as skipped or failed."
    }
}

extension AutopilotRecord {
    private func others(of appointment: Appointment) -> [Appointment] {
        appointments.filter { $0.thread == appointment.thread && $0.key != appointment.key }
    }

    /// Whoever was reached, or is being called otherwise, is not called again.
    fileprivate func mayRetry(_ appointment: Appointment) -> Bool {
        guard appointment.attempt <= retries, latest.contains(where: { $0.key == appointment.key }) else {
            return false
        }
        return others(of: appointment).allSatisfy { $0.isSettled && $0.outcome != .completed }
    }

    /// The tries of our own that have become needless.
    fileprivate mutating func callOffRetries(of reached: Appointment) {
        for other in others(of: reached)
        where other.attempt > 1 && !other.isSettled && other.phase != .insights {
            // What may be at the service without our knowing its id is found, and then settled by its state.
            if other.isPosted { continue }
            self[other.key] = other.settled(.calledOff)
            if let id = other.id { effects.append(.cancel(id: id, assistant: other.assistant)) }
        }
    }

    /// One more try of the same call, when the people there can be called.
    fileprivate mutating func retry(_ old: Appointment, notBefore seconds: Int) -> Appointment {
        let new = Appointment(
            key: nextKey(), id: nil, assistant: old.assistant, to: old.to, from: old.from,
            scheduledAt: time(to: old.to, notBefore: seconds), text: old.text, step: old.step,
            attempt: old.attempt + 1, row: old.row, phase: .scheduling)
        appointments.append(new)
        return new
    }

    /// A step is completed or failed with its last call; with several calls one that is completed is enough.
    func stepEffects(after appointment: Appointment) -> [Effect] {
        guard let step = appointment.step else { return [] }
        let calls = appointments.filter { $0.step == step }
        let isUndecided = latest.contains { $0.step == step && $0.outcome?.isUndecided == true }
        guard calls.allSatisfy(\.isSettled), !isUndecided else { return [] }
        if calls.contains(where: { $0.outcome == .completed }) {
            return [
                .step(id: step, status: "completed"),
                .event("step_completed", "All calls of this step are over", step: step),
            ]
        }
        if calls.allSatisfy({ $0.outcome == .calledOff }) { return [.step(id: step, status: "skipped")] }
        let reasons = Set(calls.compactMap { $0.outcome?.rawValue })
        let reason = "Nobody was reached: " + reasons.sorted().joined(separator: ", ")
        return [
            .step(id: step, status: "failed"), .event("error", reason, step: step),
            .memory(key: "error_\(step)", value: JSONValue.string(reason).compactText),
        ]
    }
}
