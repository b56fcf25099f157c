import ClawdTalkAPI

extension SimulatedMissions {
    /// - Parameter path: below the run.
    func answerRun(
        _ state: inout State, _ method: String, _ id: String, _ path: [String], _ body: JSONValue
    ) -> JSONValue? {
        guard var run = state.runs[id] else { return nil }
        defer { state.runs[id] = run }
        switch (method, path.first, path.count) {
        case ("GET", nil, 0):
            return .members(["data": .members(["run_id": .string(id), "status": .string(run.status)])])
        case ("PATCH", nil, 0):
            run.status = body["status"]?.string ?? run.status
            run.changes.append(body)
            return .members(["data": body])
        case ("GET", "plan", 1): return .members(["data": .members(["steps": .array(run.steps)])])
        case ("POST", "plan", 1):
            run.steps = (body["steps"]?.elements ?? []).map { step in
                var step = step
                step["status"] = "pending"
                return step
            }
            return .members(["data": .array(run.steps)])
        case ("PATCH", "plan", 3):
            return run.setStep(path[2], body["status"]?.string ?? "") ? .members(["data": body]) : nil
        default: return answerLists(&run, method, path, body)
        }
    }

    private func answerLists(_ run: inout SimulatedRun, _ method: String, _ path: [String], _ body: JSONValue)
        -> JSONValue?
    {
        switch (method, path.first, path.count) {
        case ("POST", "events", 1):
            run.events.append(body)
            return .members(["data": body])
        case ("GET", "events", 1): return .members(["data": .array(run.events)])
        case ("POST", "agents", 1):
            if let agent = body["telnyx_agent_id"]?.identifier { run.agents.append(agent) }
            return .members(["data": body])
        case ("GET", "agents", 1):
            return .members(["data": .array(run.agents.map { .members(["telnyx_agent_id": .string($0)]) })])
        case ("DELETE", "agents", 2):
            run.agents.removeAll { $0 == path[1] }
            return .empty
        default: return nil
        }
    }
}
