import ClawdTalkAPI
import Foundation

/// Asking the service how appointments stand.
extension Autopilot {
    func look(_ work: RoundWork) async throws {
        // What goes on is written down once for all: a crash costs a second look.
        var seen: [Appointment] = []
        do {
            for appointment in try record(work).unsettled where appointment.nextLook <= now {
                if let appointment = try await look(at: appointment, work) { seen.append(appointment) }
            }
        } catch {
            try keep(seen, work)
            throw error
        }
        try keep(seen, work)
    }

    private func keep(_ seen: [Appointment], _ work: RoundWork) throws {
        guard !seen.isEmpty else { return }
        try edit(work) { record in
            for appointment in seen {
                record[appointment.key] = appointment
                if appointment.hasBegun { record.begin(appointment.step) }
            }
        }
    }

    /// - Returns: the appointment with its next look, nil when it is settled.
    private func look(at appointment: Appointment, _ work: RoundWork) async throws -> Appointment? {
        switch appointment.phase {
        case .open: try await lookAtCall(appointment, work)
        case .insights: try await lookForInsights(appointment, work)
        case .scheduling, .settled: nil
        }
    }

    private func lookAtCall(_ appointment: Appointment, _ work: RoundWork) async throws -> Appointment? {
        guard let id = appointment.id else { return nil }
        let state: AppointmentState
        do throws(RESTFailure) {
            state = AppointmentState(try await client.appointment(id, of: appointment.assistant))
        } catch {
            guard error.status == 404 || error.status == 410 else { throw error }
            try await settle(appointment, .canceled, [], work)
            return nil
        }
        let due = (AppointmentTime.seconds(appointment.scheduledAt) ?? now) - now
        let verdict = state.verdict(secondsUntilDue: due)
        var seen = appointment
        (seen.callStatus, seen.conversation) = (state.callStatus, state.conversation)
        (seen.durationSeconds, seen.hasBegun) = (state.durationSeconds, verdict != .pending)
        switch verdict {
        case .pending: seen.nextLook = now + LookPace.pending(due: due, ports.draw)
        case .ringing: seen.nextLook = now + LookPace.ringing(ports.draw)
        case .inProgress: seen.nextLook = now + LookPace.inProgress(ports.draw)
        case .over(.completed) where seen.text == nil && seen.conversation != nil:
            seen.phase = .insights
            return try await lookForInsights(seen, work)
        case .over(let outcome):
            try await settle(seen, outcome, [], work)
            return nil
        }
        return seen
    }

    private func lookForInsights(_ appointment: Appointment, _ work: RoundWork) async throws -> Appointment? {
        let insights = try await client.insights(of: appointment.conversation ?? "")
        var seen = appointment
        seen.insightLooks += 1
        seen.nextLook = now + LookPace.insights
        guard insights.isEmpty, seen.insightLooks < LookPace.mostInsightLooks else {
            try await settle(seen, .completed, insights, work)
            return nil
        }
        return seen
    }
}

extension AutopilotRecord {
    /// The step of a call that has begun is in progress.
    mutating func begin(_ step: String?) {
        guard let step, !begunSteps.contains(step) else { return }
        begunSteps.append(step)
        effects.append(.step(id: step, status: "in_progress"))
        effects.append(
            .event(type: "step_started", summary: "The first call of this step", step: step, payload: nil))
    }
}
