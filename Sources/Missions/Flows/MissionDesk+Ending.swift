package import ClawdTalkAPI

extension MissionDesk {
    /// Ends the run as succeeded and moves the mission into the archive.
    /// - Parameters:
    ///   - mayBeUnknown: the run is ended even if the state file has no such slug.
    ///   - keepsCalls: calls that are still scheduled stay so; otherwise they are an error.
    /// - Returns: the slug in the archive, nil when there was none.
    package func complete(
        _ slug: String, _ run: RunPath, summary: String, payload: JSONValue?, mayBeUnknown: Bool,
        keepsCalls: Bool
    ) async throws -> String? {
        let state = try file.read()
        guard state[slug] != nil || mayBeUnknown else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        let open = try state[slug]?.autopilot().unsettled.count { $0.phase != .insights } ?? 0
        guard open == 0 || keepsCalls else { throw MissionFailure.callsOpen(open) }
        try await step("the run was not completed") { () throws(RESTFailure) in
            try await client.updateRun(
                run,
                .members([
                    "status": "succeeded", "result_summary": summary.isEmpty ? nil : .string(summary),
                    "result_payload": payload.flatMap { $0.isTruthy ? $0 : nil },
                ]))
        }
        if state[slug] != nil { try file.update(slug) { $0.status = "succeeded" } }
        return try await archive(slug)
    }
}
