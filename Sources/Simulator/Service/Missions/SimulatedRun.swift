import ClawdTalkAPI

/// A run of a ``SimulatedMissions``.
struct SimulatedRun {
    let mission: String
    var status = "pending"
    var changes: [JSONValue] = []
    var steps: [JSONValue] = []
    var events: [JSONValue] = []
    var agents: [String] = []

    mutating func setStep(_ id: String, _ status: String) -> Bool {
        guard let position = steps.firstIndex(where: { $0["step_id"]?.identifier == id }) else {
            return false
        }
        steps[position]["status"] = .string(status)
        return true
    }
}
