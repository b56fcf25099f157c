package import ClawdTalkAPI

/// Something in a mission that will not mend itself, and its cure.
package struct MissionFinding: Equatable, Sendable, Encodable {
    package let problem: String
    /// A command line behind `missions`, or what to do.
    package let cure: String
}

extension MissionDesk {
    /// Looks for agents that are not linked, steps that are stuck, calls without a step, and decisions that are open.
    package func diagnose(_ slug: String) async throws -> [MissionFinding] {
        let (entry, run) = try begunEntry(slug)
        let record = try entry.autopilot()
        var findings = try await unlinked(entry, run)
        let plan = try await reading("the plan") { () throws(RESTFailure) in
            MissionPlan(try await client.plan(run))
        }
        findings += plan.steps.compactMap { stuck($0, record, run) }
        for call in record.appointments where call.step.flatMap({ plan[$0] }) == nil && !plan.steps.isEmpty {
            findings.append(
                MissionFinding(
                    problem: call.step.map {
                        "the call to \(call.to) has the step \($0), which the plan does not have"
                    }
                        ?? "the call to \(call.to) has no step: nothing in the plan shows it",
                    cure: "schedule it with one of: " + plan.steps.map(\.id).joined(separator: ", ")))
        }
        for call in record.latest where call.outcome?.isUndecided == true {
            guard call.step.flatMap({ plan[$0]?.isOver }) != true else { continue }
            findings.append(
                MissionFinding(
                    problem:
                        "the call to \(call.to) is \(call.outcome?.rawValue ?? ""), and nobody has decided what to do",
                    cure: call.step.map { "update-step \(run.mission) \(run.run) \($0) skipped" }
                        ?? "schedule it again, or cancel-remaining \(slug)"))
        }
        return findings
    }

    private func unlinked(_ entry: MissionEntry, _ run: RunPath) async throws -> [MissionFinding] {
        let assistants = Set(
            try entry.autopilot().appointments.map(\.assistant) + (entry.assistantID.map { [$0] } ?? []))
        var findings: [MissionFinding] = []
        for assistant in assistants.sorted() where try await !isLinked(assistant, to: run) {
            findings.append(
                MissionFinding(
                    problem: "the assistant \(assistant) is not linked to the run",
                    cure: "link-agent \(run.mission) \(run.run) \(assistant)"))
        }
        return findings
    }

    private func stuck(_ step: MissionPlan.Step, _ record: AutopilotRecord, _ run: RunPath) -> MissionFinding?
    {
        let calls = record.latest.filter { $0.step == step.id }
        let isOver = !calls.isEmpty && calls.allSatisfy(\.isSettled)
        let update = "update-step \(run.mission) \(run.run) \(step.id)"
        switch step.status {
        case "in_progress" where calls.isEmpty:
            return MissionFinding(
                problem: "the step \(step.id) is in progress, and no call of it is known",
                cure: update + " completed")
        case "pending" where isOver, "in_progress" where isOver:
            let status = calls.contains { $0.outcome == .completed } ? "completed" : "failed"
            return MissionFinding(
                problem: "the step \(step.id) is \(step.status), though its calls are over",
                cure: update + " " + status)
        default: return nil
        }
    }
}
