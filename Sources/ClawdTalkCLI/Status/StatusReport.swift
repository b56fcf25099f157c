import Bridge
import Foundation
import OpenClaw

/// What `status --json` prints (docs/operations.md). Members are only ever added.
struct StatusReport: Codable, Equatable {
    struct Outage: Codable, Equatable {
        var cause: String
        var seconds_ago: Double
        /// Missing while it lasts.
        var lasted_seconds: Double?
    }

    /// connected, connecting, authenticating, waiting (for the next try), ready (no pong), stopped, not answering or not
    /// running.
    var state: String
    /// Authenticated, and the last ping was answered.
    var connected: Bool
    var version = ClawdTalkVersion.current
    var pid: Int32?
    var uptime_seconds: Double?
    /// Why there is no bridge in the process, or why the last try to connect failed.
    var problem: String?
    /// For how long a write has waited for the disk, where that is over 10 s.
    var disk_late_seconds: Double?
    var server: String?
    var gateway: String?
    /// How long the state has lasted.
    var state_seconds: Double?
    /// Since the last sign of life that the service gave to a ping or login.
    var last_pong_seconds: Double?
    /// From the latest ping to its pong.
    var ping_seconds: Double?
    var reconnects: Int?
    /// The latest five, oldest first.
    var outages: [Outage]?
    var live_calls: Int?
    var open_questions: Int?
    var answered: Int?
    var failed: Int?
    /// Quantiles of the latest 500 answers.
    var answer_seconds_p50: Double?
    var answer_seconds_p95: Double?
    var answer_seconds_p99: Double?
    /// The latest 60 answers, oldest first.
    var recent_answer_seconds: [Double]?
    /// For which somebody who had asked heard nothing.
    var longest_silence_seconds: Double?
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
    /// Answers for after a call that the owner was not told of.
    var answers_waiting: Int?
    /// How the gateway is asked: waited or unwaited.
    var form: String?
    /// Whether the gateway lived when it was looked at last, and how long ago that was.
    var gateway_live: Bool?
    var gateway_checked_seconds: Double?
    var gateway_state_seconds: Double?
    var gateway_problem: String?
    /// From that look to the answer.
    var gateway_seconds: Double?
    var resident_bytes: Int?

    static let notRunning = StatusReport(state: "not running", connected: false)

    init(state: String, connected: Bool, pid: Int32? = nil) {
        (self.state, self.connected, self.pid) = (state, connected, pid)
    }
}

extension StatusReport {
    private static let mostAnswers = 60

    init(_ status: BridgeStatus) {
        let isConnected = status.isConnected
        self.init(state: isConnected ? "connected" : status.line.rawValue, connected: isConnected)
        (state_seconds, last_pong_seconds) = (status.lineSince.rounded, status.lastPongAge?.rounded)
        (ping_seconds, reconnects) = (status.roundTrip?.rounded, status.reconnects)
        problem = status.outages.lastFailure
        outages = status.outages.recent.map {
            Outage(
                cause: $0.cause, seconds_ago: (status.now - $0.began).rounded,
                lasted_seconds: $0.ended.map { [began = $0.began] in ($0 - began).rounded })
        }
        (live_calls, open_questions) = (status.liveCalls, status.openQuestions)
        (answered, failed, undelivered) = (status.answered, status.failed, status.undelivered)
        let times = status.answerTimes
        (answer_seconds_p50, answer_seconds_p95) = (times.quantile(0.5), times.quantile(0.95))
        answer_seconds_p99 = times.quantile(0.99)
        recent_answer_seconds = Array(times.recent.suffix(Self.mostAnswers))
        longest_silence_seconds = status.longestSilence.rounded
        (approvals_waiting, has_devices) = (status.approvalsWaiting, status.hasDevices)
        (sms_waiting, reports_waiting) = (status.textsWaiting, status.reportsWaiting)
        answers_waiting = status.answersWaiting
        form = status.form
        guard let gateway = status.gateway else { return }
        (gateway_live, gateway_problem) = (gateway.isLive, gateway.problem)
        gateway_checked_seconds = (status.now - gateway.checkedAt).rounded
        (gateway_state_seconds, gateway_seconds) = (
            (status.now - gateway.since).rounded, gateway.took.rounded
        )
    }
}

extension Duration {
    /// In seconds, to the microsecond.
    fileprivate var rounded: Double { (seconds * 1e6).rounded() / 1e6 }
}
