import ClawdTalkAPI
import Foundation

/// Asking the service how appointments stand.
extension Autopilot {
    func look(_ work: RoundWork) async throws {
        for appointment in try record(work).unsettled where appointment.nextLook <= now {
            switch appointment.phase {
            case .open: try await lookAtCall(appointment, work)
            case .insights: try await lookForInsights(appointment, work)
            case .scheduling, .settled: break
            }
        }
    }

    private func lookAtCall(_ appointment: Appointment, _ work: RoundWork) async throws {
        guard let id = appointment.id else { return }
        let state: AppointmentState
        do throws(RESTFailure) {
            state = AppointmentState(try await client.appointment(id, of: appointment.assistant))
        } catch {
            guard error.status == 404 || error.status == 410 else { throw error }
            return try await settle(appointment, .canceled, [], work)
        }
        let due = (AppointmentTime.seconds(appointment.scheduledAt) ?? now) - now
        let verdict = state.verdict(secondsUntilDue: due)
        var seen = appointment
        (seen.callStatus, seen.conversation) = (state.callStatus, state.conversation)
        seen.durationSeconds = state.durationSeconds
        switch verdict {
        case .pending: seen.nextLook = now + LookPace.pending(due: due, ports.draw)
        case .ringing: seen.nextLook = now + LookPace.ringing(ports.draw)
        case .inProgress: seen.nextLook = now + LookPace.inProgress(ports.draw)
        case .over(.completed) where seen.text == nil && seen.conversation != nil:
            seen.phase = .insights
            try keep(seen, verdict, work)
            return try await lookForInsights(seen, work)
        case .over(let outcome): return try await settle(seen, outcome, [], work)
        }
        try keep(seen, verdict, work)
    }

    private func keep(_ seen: Appointment, _ verdict: AppointmentState.Verdict, _ work: RoundWork) throws {
        try edit(work) { record in
            record[seen.key] = seen
            if verdict != .pending { record.begin(seen.step) }
        }
    }

    private func lookForInsights(_ appointment: Appointment, _ work: RoundWork) async throws {
        let insights = try await client.insights(of: appointment.conversation ?? "")
        let looks = appointment.insightLooks + 1
        guard insights.isEmpty, looks < LookPace.mostInsightLooks else {
            return try await settle(appointment, .completed, insights, work)
        }
        try edit(work) { record in
            record[appointment.key]?.insightLooks = looks
            record[appointment.key]?.nextLook = now + LookPace.insights
        }
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
