package import ClawdTalkAPI
package import Foundation

/// How a mission stands: its run, its steps, its calls, and what is next.
package struct MissionOverview: Equatable, Sendable, Encodable {
    package struct Step: Equatable, Sendable, Encodable {
        package let id: String
        package let description: String
        package let status: String
    }

    package struct Call: Equatable, Sendable, Encodable {
        package let to: String
        package let step: String?
        package let channel: String
        /// scheduling, open, insights, or how it ended.
        package let state: String
        package let attempt: Int
        package let scheduled_at: String
        /// The next look at it; nil when it is over.
        package let next_look_at: String?
    }

    package let slug: String
    package let name: String?
    package let mission_id: String
    package let run_id: String
    /// As the service gives it.
    package let run_status: String
    package let steps: [Step]
    package let calls: [Call]
    /// Of the calls that are not over, the first one's time.
    package let next_call_at: String?
    /// What waits to be told to the service or the agent.
    package let untold: Int

    init(
        _ slug: String, _ entry: MissionEntry, _ record: AutopilotRecord, run: RunPath, runStatus: String,
        plan: MissionPlan
    ) {
        (self.slug, name, mission_id, run_id) = (slug, entry.missionName, run.mission, run.run)
        run_status = runStatus
        steps = plan.steps.map { Step(id: $0.id, description: $0.description, status: $0.status) }
        calls = record.appointments.map { call in
            let isOver = call.isSettled
            return Call(
                to: call.to, step: call.step, channel: call.text == nil ? "call" : "sms",
                state: isOver ? call.outcome?.rawValue ?? "?" : call.phase.rawValue, attempt: call.attempt,
                scheduled_at: call.scheduledAt,
                next_look_at: isOver ? nil : AppointmentTime.text(call.nextLook))
        }
        next_call_at = record.unsettled.compactMap { AppointmentTime.seconds($0.scheduledAt) }.min()
            .map(AppointmentTime.text)
        untold = record.effects.count + record.tidings.count
    }
}

extension MissionDesk {
    /// - Throws: ``MissionFailure``, and what the file throws.
    package func overview(_ slug: String) async throws -> MissionOverview {
        let (entry, run) = try begunEntry(slug)
        let record = try entry.autopilot()
        return try await reading("the run") { () throws(RESTFailure) in
            let status = try await client.run(run)["status"]?.string ?? "unknown"
            return MissionOverview(
                slug, entry, record, run: run, runStatus: status,
                plan: MissionPlan(try await client.plan(run)))
        }
    }

    /// The entry of a slug that has a run.
    func begunEntry(_ slug: String) throws -> (MissionEntry, RunPath) {
        let entry = try entry(slug)
        guard let run = entry.run else { throw MissionFailure.notStarted(slug: slug) }
        return (entry, run)
    }
}
