import Testing
import Wire

@testable import ClawdTalkAPI

@Suite("rest-api.md 2, 30-38: what goes out")
struct ServiceRequestTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// Method, target below the base, and body.
        let request: String
        let send: @Sendable (ServiceClient) async throws -> JSONValue
        var testDescription: String { request }

        init(_ request: String, _ send: @escaping @Sendable (ServiceClient) async throws -> JSONValue) {
            (self.request, self.send) = (request, send)
        }
    }

    static let rows = [
        Row("POST /calls {}") { try await $0.startCall(NewCall()) },
        Row(#"POST /calls {"to":"+1","greeting":"Hi \"é\"","context":{"purpose":"p"}}"#) {
            try await $0.startCall(NewCall(to: "+1", greeting: "Hi \"é\"", purpose: "p"))
        },
        Row("GET /calls/a%2Fb%20%23%3F") { try await $0.call("a/b #?") },
        Row(#"POST /calls/%7Ba%2Cb%7D/end {"reason":"r"}"#) { try await $0.endCall("{a,b}", reason: "r") },
        Row(#"POST /messages/send {"to":"+1","message":"m"}"#) {
            try await $0.sendMessage("m", to: "+1", media: [])
        },
        Row(#"POST /messages/send {"to":"+1","message":"m","media_urls":["https://x/1","y"]}"#) {
            try await $0.sendMessage("m", to: "+1", media: ["https://x/1", "y"])
        },
        Row("GET /messages?limit=20") {
            try await $0.messages(limit: 20, contact: nil, direction: nil)
        },
        Row("GET /messages?limit=5&contact=%2B1%20%26&direction=inbound") {
            try await $0.messages(limit: 5, contact: "+1 &", direction: "inbound")
        },
        Row("GET /messages/conversations") { try await $0.conversations() },
        Row(#"POST /approvals {"action":"a","require_biometric":false,"expires_in":300}"#) {
            try await $0.requestApproval(NewApproval(action: "a"))
        },
        Row(#"POST /approvals {"action":"a","require_biometric":true,"expires_in":5,"details":"d"}"#) {
            var approval = NewApproval(action: "a")
            (approval.details, approval.isBiometric, approval.expiresInSeconds) = ("d", true, 5)
            return try await $0.requestApproval(approval)
        },
        Row("GET /approvals/a%3F") { try await $0.approval("a?") },
        Row("GET /approvals?status=pending") { try await $0.approvals(status: "pending") },
    ]

    @Test("method, path, query and body", arguments: rows)
    func requests(row: Row) async throws {
        let transport = ScriptedTransport(.response(200))
        _ = try await row.send(transport.client())
        let sent = try #require(transport.requests.first)
        let words = [
            sent.method, String(sent.url.dropFirst("http://x/v1".count)),
            String(decoding: sent.body, as: UTF8.self),
        ]
        #expect(words.filter { !$0.isEmpty }.joined(separator: " ") == row.request)
        #expect(sent.fields["Authorization"] == "Bearer cc_secret")
        #expect(sent.fields["Content-Type"] == "application/json")
        #expect(transport.requests.count == 1)
    }
}
