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
        let seen = try edit(work) { record in
            record[appointment.key]?.callStatus = state.callStatus
            record[appointment.key]?.conversation = state.conversation
            record[appointment.key]?.durationSeconds = state.durationSeconds
            record.begin(appointment.step, if: verdict)
            return record[appointment.key] ?? appointment
        }
        switch verdict {
        case .pending: try lookAgain(seen, in: LookPace.pending(due: due, ports.draw), work)
        case .ringing: try lookAgain(seen, in: LookPace.ringing(ports.draw), work)
        case .inProgress: try lookAgain(seen, in: LookPace.inProgress(ports.draw), work)
        case .over(.completed) where seen.text == nil && seen.conversation != nil:
            try edit(work) { $0[seen.key]?.phase = .insights }
            try await lookForInsights(seen, work)
        case .over(let outcome): try await settle(seen, outcome, [], work)
        }
    }

    private func lookAgain(_ appointment: Appointment, in seconds: Int, _ work: RoundWork) throws {
        try edit(work) { $0[appointment.key]?.nextLook = now + seconds }
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
    fileprivate mutating func begin(_ step: String?, if verdict: AppointmentState.Verdict) {
        guard let step, verdict != .pending, !begunSteps.contains(step) else { return }
        begunSteps.append(step)
        effects.append(.step(id: step, status: "in_progress"))
        effects.append(
            .event(type: "step_started", summary: "The first call of this step", step: step, payload: nil))
    }
}
