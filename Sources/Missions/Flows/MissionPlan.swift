package import ClawdTalkAPI

/// The plan of a run, in whichever envelope the service gives it.
package struct MissionPlan: Equatable, Sendable {
    package struct Step: Equatable, Sendable {
        package let id: String
        package let description: String
        /// pending, in_progress, completed, skipped or failed.
        package let status: String

        package var isOver: Bool { ["completed", "skipped", "failed"].contains(status) }
    }

    package let steps: [Step]

    package init(_ json: JSONValue) {
        let list =
            json.elements ?? json["steps"]?.elements ?? json["plan"]?["steps"]?.elements
            ?? json["plan"]?.elements
        steps = (list ?? []).compactMap { step in
            guard let id = (step["step_id"] ?? step["id"])?.identifier else { return nil }
            return Step(
                id: id, description: step["description"]?.string ?? "",
                status: step["status"]?.string ?? "pending")
        }
    }

    package subscript(id: String) -> Step? { steps.first { $0.id == id } }
}
