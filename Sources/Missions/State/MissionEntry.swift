package import ClawdTalkAPI
package import Foundation

/// What the state file keeps of one mission (shared/spec/rest-api.md 4). Members that are not known here stay as they are.
package struct MissionEntry: Equatable, Sendable {
    package var json: JSONValue

    package init(_ json: JSONValue = .empty) { self.json = json }

    package var missionName: String? {
        get { text("mission_name") }
        set { set("mission_name", newValue) }
    }
    package var missionID: String? {
        get { text("mission_id") }
        set { set("mission_id", newValue) }
    }
    package var runID: String? {
        get { text("run_id") }
        set { set("run_id", newValue) }
    }
    package var assistantID: String? {
        get { text("assistant_id") }
        set { set("assistant_id", newValue) }
    }
    package var agentPhone: String? {
        get { text("agent_phone") }
        set { set("agent_phone", newValue) }
    }
    package var phoneNumberID: String? {
        get { text("phone_number_id") }
        set { set("phone_number_id", newValue) }
    }
    package var createdAt: String? {
        get { text("created_at") }
        set { set("created_at", newValue) }
    }
    /// running, succeeded or failed; older programs write none.
    package var status: String? {
        get { text("status") }
        set { set("status", newValue) }
    }

    package var run: RunPath? {
        guard let missionID, let runID else { return nil }
        return RunPath(mission: missionID, run: runID)
    }

    package var isClosed: Bool { status == "succeeded" || status == "failed" }

    private func text(_ key: String) -> String? { json[key]?.identifier }
    private mutating func set(_ key: String, _ value: String?) { json[key] = value.map { .string($0) } }

    /// RFC 3339 in UTC with microseconds.
    package static func timestamp(_ date: Date) -> String {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        let micros = Int((date.timeIntervalSince1970 - seconds) * 1_000_000)
        let digits = String(micros)
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601).dropLast()
            + "." + String(repeating: "0", count: 6 - digits.count) + digits + "Z"
    }
}
