import Foundation
import Wire

/// `POST /v1/chat/completions` for one streamed turn of an agent in a session that exists already
/// (shared/spec/gateway.md section 0).
struct ChatRequest: Encodable {
    private let model: String
    private let stream = true
    private let messages: [Message]

    private struct Message: Encodable {
        let role = "user"
        let content: String
    }

    static let path = "/v1/chat/completions"

    /// - Parameter agentID: the gateway takes an agent for the model.
    init(agentID: String, message: String) {
        model = "openclaw/\(agentID)"
        messages = [Message(content: message)]
    }

    /// - Parameter baseURL: without a trailing slash.
    func request(to baseURL: String, token: String?, sessionKey: String) -> HTTPRequest {
        var fields = HTTPFields([
            ("Content-Type", "application/json"), ("Accept", "text/event-stream"),
            ("x-openclaw-session-key", sessionKey),
        ])
        if let token { fields.append("Authorization", "Bearer \(token)") }
        // Encoding strings and a flag cannot fail.
        let body = (try? JSONEncoder().encode(self)).map(Array.init) ?? []
        return HTTPRequest(method: "POST", url: baseURL + Self.path, fields: fields, body: body)
    }
}
