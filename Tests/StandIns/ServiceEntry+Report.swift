import Simulator

extension ServiceEntry {
    /// What happened, as members of one line.
    var report: [String: String] {
        switch self {
        case .connected(let number): ["event": "connected", "connection": "\(number)"]
        case .authenticated(let number): ["event": "authenticated", "connection": "\(number)"]
        case .message(let frame, let connection):
            [
                "event": "message", "connection": "\(connection)", "type": frame.type,
                "request_id": frame.request_id, "text": frame.text,
            ].compactMapValues { $0 }
        case .request(let method, let target, _):
            ["event": "request", "method": method, "target": target]
        case .ended(let number, let code):
            ["event": "ended", "connection": "\(number)", "code": code.map { "\($0)" }].compactMapValues {
                $0
            }
        case .textSent(let text): ["event": "text", "to": text.to, "text": text.message]
        }
    }
}
