import Foundation

/// What is looked at in `status --json`.
struct StatusReading: Decodable, Sendable {
    let state: String
    let connected: Bool
    let pid: Int32?
    let answered: Int?
    let failed: Int?
    let reconnects: Int?
    let open_questions: Int?
    let undelivered: Int?
    let sms_waiting: Int?
    let reports_waiting: Int?
    let gateway_live: Bool?

    /// What is not true of a bridge that has done everything and is connected, nil when all is.
    func lie(pid: Int32?, log: [LogReading]) -> String? {
        let logins = log.count(where: \.isLogin)
        let facts: [(String, Bool)] = [
            ("state \(state)", state == "connected" && connected), ("pid", self.pid == pid),
            ("answered \(answered ?? -1)", answered == log.count(where: \.isAnswered)),
            ("failed \(failed ?? -1)", failed == log.count(where: \.isFailed)),
            ("reconnects \(reconnects ?? -1)", reconnects == logins - 1),
            ("open_questions \(open_questions ?? -1)", open_questions == 0),
            ("undelivered \(undelivered ?? -1)", undelivered == 0),
            ("sms_waiting \(sms_waiting ?? -1)", sms_waiting == 0),
            ("reports_waiting \(reports_waiting ?? -1)", reports_waiting == 0),
            ("gateway_live", gateway_live == true),
        ]
        return facts.first { !$0.1 }?.0
    }
}
