import Foundation

/// What `status --json` prints (docs/operations.md). Members are only ever added.
struct StatusReport: Codable, Equatable {
    /// connected, connecting, authenticating, waiting (for the next try), stopped, or not running.
    var state: String
    /// Authenticated, and the last ping was answered.
    var connected: Bool
    var version = ClawdTalkVersion.current
    var pid: Int32?
    var server: String?
    var gateway: String?
    /// How long the state has lasted.
    var state_seconds: Double?
    /// Since the last sign of life that the service gave to a ping or login.
    var last_pong_seconds: Double?
    var reconnects: Int?
    var live_calls: Int?
    var open_questions: Int?
    var answered: Int?
    var failed: Int?
    /// Answers that the service has not confirmed.
    var undelivered: Int?
    /// Requests that wait for the owner's yes.
    var approvals_waiting: Int?
    /// Whether a telephone for approvals is paired, when the service says so.
    var has_devices: Bool?
    /// Texts that are not answered yet.
    var sms_waiting: Int?
    /// Calls that the agent was not told of yet.
    var reports_waiting: Int?
    /// How the gateway is asked: waited or unwaited.
    var form: String?
    var resident_bytes: Int?

    static let notRunning = StatusReport(state: "not running", connected: false)
}
