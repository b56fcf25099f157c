import ClawdTalkAPI
import Foundation

/// Scheduling what is to be scheduled: each once.
extension Autopilot {
    func schedule(_ work: RoundWork) async throws {
        for appointment in try record(work).appointments where appointment.phase == .scheduling {
            try await schedule(appointment.key, work)
        }
    }

    /// Whether the service may have it is written down before it is asked: after a crash its list tells.
    func schedule(_ key: String, _ work: RoundWork) async throws {
        let appointment = try edit(work) { record in
            if let late = record[key], (late.due ?? 0) < now + 60 {
                let time = record.time(to: late.to, notBefore: now + 120)
                record[key]?.scheduledAt = time
            }
            record[key]?.isPosted = true
            return record[key]
        }
        guard let appointment else { return }
        var new = NewAppointment(
            assistant: appointment.assistant, to: appointment.to, from: appointment.from,
            scheduledAt: appointment.scheduledAt)
        (new.text, new.step) = (appointment.text, appointment.step)
        (new.mission, new.run) = (work.run.mission, work.run.run)
        let id: String
        do throws(RESTFailure) {
            id = try await client.schedule(new).requiredID("id")
        } catch {
            return try notScheduled(appointment, work, error)
        }
        try edit(work) { $0[key]?.took(id, at: now) }
        ports.log("mission \(work.slug): scheduled \(key), try \(appointment.attempt)")
    }

    private func notScheduled(_ appointment: Appointment, _ work: RoundWork, _ failure: RESTFailure) throws {
        guard failure.isFinal else {
            // Otherwise the list is asked first.
            if !failure.mayHaveHappened { try edit(work) { $0[appointment.key]?.isPosted = false } }
            throw failure
        }
        try edit(work) { record in
            record[appointment.key] = appointment.settled(.failed)
            record.settledAt = now
            record.effects.append(
                .event(
                    "error", "\(appointment.to) could not be scheduled: \(failure.explanation)",
                    step: appointment.step))
            record.effects += record.stepEffects(after: appointment)
        }
    }
}
