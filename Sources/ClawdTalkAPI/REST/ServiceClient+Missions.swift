/// Missions, runs, plans, events and linked agents (shared/spec/rest-api.md 2, 1-16).
extension ServiceClient {
    package func createMission(name: String, instructions: String) async throws(RESTFailure) -> JSONValue {
        try await post(
            ["missions"], .members(["name": .string(name), "instructions": .string(instructions)])
        )
        .content("mission", "data")
    }

    package func mission(_ mission: String) async throws(RESTFailure) -> JSONValue {
        try await get(["missions", mission]).content("mission", "data").required("mission")
    }

    package func missions() async throws(RESTFailure) -> [JSONValue] {
        try await list(["missions"], in: ["missions", "data"], first: [("page[size]", "20")]) {
            [("page[size]", "20"), ("page[number]", "\($0)")]
        }
    }

    package func createRun(of mission: String, input: JSONValue) async throws(RESTFailure) -> JSONValue {
        try await post(["missions", mission, "runs"], .members(["input": input])).content("data")
    }

    package func run(_ run: RunPath) async throws(RESTFailure) -> JSONValue {
        try await get(run.path).content("data").required("run")
    }

    package func runs(of mission: String) async throws(RESTFailure) -> [JSONValue] {
        try await list(["missions", mission, "runs"], in: ["data", "runs"])
    }

    package func updateRun(_ run: RunPath, _ changes: JSONValue) async throws(RESTFailure) {
        _ = try await patch(run.path, changes)
    }

    package func createPlan(_ run: RunPath, steps: JSONValue) async throws(RESTFailure) {
        _ = try await post(run.path + ["plan"], .members(["steps": steps]))
    }

    /// An empty object when there is none.
    package func plan(_ run: RunPath) async throws(RESTFailure) -> JSONValue {
        try await get(run.path + ["plan"])["data"] ?? .empty
    }

    package func updateStep(_ run: RunPath, _ step: String, status: String) async throws(RESTFailure) {
        _ = try await patch(run.path + ["plan", "steps", step], .members(["status": .string(status)]))
    }

    package func logEvent(_ run: RunPath, _ event: RunEvent) async throws(RESTFailure) {
        _ = try await post(run.path + ["events"], event.body)
    }

    package func events(_ run: RunPath) async throws(RESTFailure) -> [JSONValue] {
        try await list(run.path + ["events"], in: ["data", "events"])
    }

    package func linkAgent(_ run: RunPath, _ assistant: String) async throws(RESTFailure) {
        _ = try await post(run.path + ["agents"], .members(["telnyx_agent_id": .string(assistant)]))
    }

    package func linkedAgents(_ run: RunPath) async throws(RESTFailure) -> [JSONValue] {
        try await list(run.path + ["agents"], in: ["data", "agents"])
    }

    package func unlinkAgent(_ run: RunPath, _ assistant: String) async throws(RESTFailure) {
        _ = try await delete(run.path + ["agents", assistant])
    }

    /// The results of all insights that are completed.
    package func insights(of conversation: String) async throws(RESTFailure) -> [JSONValue] {
        try await list(["missions", "conversations", conversation, "insights"], in: ["data", "insights"])
            .filter { $0["status"]?.string == "completed" }
            .flatMap { $0["conversation_insights"]?.elements ?? [] }
            .compactMap { $0["result"] }
    }
}
