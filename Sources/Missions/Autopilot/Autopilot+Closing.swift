import ClawdTalkAPI
import Foundation

/// Closing the run when nothing is left to do.
extension Autopilot {
    /// Seconds without anything under way after which a mission without a plan is over.
    static let idleSeconds = 1_800

    /// - Returns: whether something follows that waits in the record.
    func close(_ work: RoundWork) async throws -> Bool {
        let entry = try entry(work)
        let record = try entry.autopilot()
        guard !entry.isClosed, record.effects.isEmpty, record.unsettled.isEmpty else { return false }
        let plan = try await plan(work)
        let summary = Self.summary(record, plan)
        if let status = try await endedStatus(work) {
            try edit(work) { record, entry in Self.close(&record, &entry, as: status, summary, at: now) }
            return true
        }
        guard let isSuccess = Self.ending(record, plan, now: now) else {
            try tellStalled(record, plan, work)
            return false
        }
        let payload = entry.memory["results"].map { JSONValue.members(["results": $0]).compactText }
        try edit(work) { record in
            let status = isSuccess ? "succeeded" : "failed"
            record.effects = [.run(status: status, summary: summary, payload: payload)]
        }
        return true
    }

    /// The run is ended at the service: the memory, the report and the agent follow.
    static func close(
        _ record: inout AutopilotRecord, _ entry: inout MissionEntry, as status: String, _ summary: String,
        at now: Int
    ) {
        entry.status = status == "succeeded" ? "succeeded" : "failed"
        record.effects += [.memory(key: "result", value: JSONValue.string(summary).compactText), .report]
        let verb = ["succeeded", "failed"].contains(status) ? "has" : "was"
        record.tell("The run \(verb) \(status). \(summary) Its memory has the results.", at: now)
    }

    /// - Returns: whether the run has succeeded, nil when it goes on.
    static func ending(_ record: AutopilotRecord, _ plan: MissionPlan, now: Int) -> Bool? {
        let isUndecided = record.latest.contains { call in
            call.outcome?.isUndecided == true && !(call.step.flatMap { plan[$0]?.isOver } ?? false)
        }
        if isUndecided { return nil }
        guard plan.steps.isEmpty else {
            guard plan.steps.allSatisfy(\.isOver) else { return nil }
            return plan.steps.contains { $0.status == "completed" }
                || !plan.steps.contains { $0.status == "failed" }
        }
        guard let settledAt = record.settledAt, now - settledAt >= idleSeconds else { return nil }
        return record.appointments.contains { $0.outcome == .completed }
    }

    /// The agent is told once when nothing is under way and steps are left.
    private func tellStalled(_ record: AutopilotRecord, _ plan: MissionPlan, _ work: RoundWork) throws {
        let open = plan.steps.filter { !$0.isOver }.map(\.id)
        let count = record.appointments.count
        guard count > 0, !open.isEmpty, record.stalledAt != count else { return }
        // What waits for a decision was asked about already.
        guard !record.latest.contains(where: { $0.outcome?.isUndecided == true }) else { return }
        try edit(work) { record in
            record.stalledAt = count
            record.tell(
                "Nothing is under way any more, and these steps are open: \(open.joined(separator: ", ")). "
                    + "\(Self.summary(record, plan)) Schedule what they need, or mark them; then the run is closed.",
                at: now)
        }
    }

    private static func summary(_ record: AutopilotRecord, _ plan: MissionPlan) -> String {
        let threads = record.threads
        let missed = threads.filter { !$0.contains { $0.outcome == .completed } }
            .compactMap(\.last).map { "\($0.to) (\($0.outcome?.rawValue ?? "open"))" }
        let steps = plan.steps.count { $0.status == "completed" }
        return "\(threads.count - missed.count) of \(threads.count) calls and texts came through"
            + (plan.steps.isEmpty ? "" : ", \(steps) of \(plan.steps.count) steps are completed")
            + (missed.isEmpty ? "." : "; not: " + missed.joined(separator: ", ") + ".")
    }
}
