import ClawdTalkAPI
import Foundation

/// Closing the run when nothing is left to do.
extension Autopilot {
    /// - Returns: whether it is to be closed now; what follows from that waits in the record.
    func close(_ work: RoundWork) async throws -> Bool {
        guard let entry = try file.read()[work.slug], !entry.isClosed else { return false }
        let record = entry.autopilot
        guard record.effects.isEmpty, record.unsettled.isEmpty else { return false }
        let plan = try await plan(work)
        guard let isSuccess = Self.ending(record, plan) else { return false }
        let summary = Self.summary(record, plan)
        let now = now
        try edit(work) { $0.effects = Self.closing(isSuccess, summary, entry, at: now) }
        return true
    }

    /// - Returns: whether the run has succeeded, nil when it goes on.
    static func ending(_ record: AutopilotRecord, _ plan: MissionPlan) -> Bool? {
        let calls = record.latest
        let hasReached = record.appointments.contains { $0.outcome == .completed }
        let isUndecided = calls.contains { call in
            call.outcome?.isUndecided == true && !(call.step.flatMap { plan[$0]?.isOver } ?? false)
        }
        if isUndecided { return nil }
        if plan.steps.isEmpty { return calls.isEmpty ? nil : hasReached }
        if plan.steps.allSatisfy(\.isOver) {
            return plan.steps.contains { $0.status == "completed" }
                || !plan.steps.contains { $0.status == "failed" }
        }
        // What is left builds on calls of which none came through.
        let hasFailed = plan.steps.contains { $0.status == "failed" }
        return hasFailed && !hasReached && !plan.steps.contains { $0.status == "completed" } ? false : nil
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

    private static func closing(_ isSuccess: Bool, _ summary: String, _ entry: MissionEntry, at now: Int)
        -> [Effect]
    {
        let status = isSuccess ? "succeeded" : "failed"
        let payload = entry.memory["results"].map { JSONValue.members(["results": $0]).compactText }
        return [
            .run(status: status, summary: summary, payload: payload),
            .memory(key: "result", value: JSONValue.string(summary).compactText), .report,
            .tell(
                text: "The run has \(status). \(summary) Its memory has the results.", since: now,
                isSent: false),
        ]
    }
}
