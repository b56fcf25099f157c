import ClawdTalkAPI
import Foundation

/// Asking the service how appointments stand.
extension Autopilot {
    /// Seconds until an appointment is looked at again of which the service would not tell.
    private static let pauseAfterRefusal = 600

    func look(_ work: RoundWork) async throws {
        // What goes on is written down once for all: a crash costs a second look.
        var seen: [Appointment] = []
        do {
            for appointment in try record(work).unsettled where appointment.nextLook <= now {
                if let appointment = try await lookPatiently(at: appointment, work) {
                    seen.append(appointment)
                }
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
            for appointment in seen where record[appointment.key]?.isSettled == false {
                record[appointment.key] = appointment
                if appointment.hasBegun { record.begin(appointment.step) }
            }
        }
    }

    /// One appointment that cannot be looked at must not keep the others from it.
    private func lookPatiently(at appointment: Appointment, _ work: RoundWork) async throws -> Appointment? {
        do {
            return try await look(at: appointment, work)
        } catch let failure as RESTFailure where failure.isOfOneRequest {
            ports.log("mission \(work.slug): \(appointment.key) cannot be looked at: \(failure.summary)")
            var later = appointment
            later.nextLook = now + Self.pauseAfterRefusal
            return later
        }
    }

    /// - Returns: the appointment with its next look, nil when it is settled.
    func look(at appointment: Appointment, _ work: RoundWork) async throws -> Appointment? {
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
            guard error.isGone else { throw error }
            try await settle(appointment, .canceled, [], work)
            return nil
        }
        let due = (appointment.due ?? now) - now
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
            // The service must not try again beside us.
            if state.isPending { try await cancel(id, of: appointment.assistant) }
            try await settle(seen, outcome, [], work)
            return nil
        }
        return seen
    }

    /// What is gone, or cannot be called off any more, is as good as called off.
    func cancel(_ id: String, of assistant: String) async throws(RESTFailure) {
        do throws(RESTFailure) {
            try await client.cancelAppointment(id, of: assistant)
        } catch {
            guard error.isFinal else { throw error }
        }
    }

    private func lookForInsights(_ appointment: Appointment, _ work: RoundWork) async throws -> Appointment? {
        var insights: [JSONValue] = []
        do throws(RESTFailure) {
            insights = try await client.insights(of: appointment.conversation ?? "")
        } catch {
            guard error.isFinal else { throw error }
        }
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
        effects.append(.event("step_started", "The first call of this step", step: step))
    }
}
