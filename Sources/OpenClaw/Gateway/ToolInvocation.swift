import Foundation
import Wire

/// One call of a gateway tool over HTTP (shared/spec/gateway.md A3).
struct ToolInvocation<Arguments: Encodable>: Encodable {
    /// Both old and new gateways accept `tool`; `name` is newer.
    let tool: String
    /// The session that the call acts as: the target itself, which every visibility rule allows (B6).
    let sessionKey: String?
    let args: Arguments

    /// The request to a gateway.
    /// - Parameter baseURL: without a trailing slash.
    func request(to baseURL: String, token: String?) -> HTTPRequest {
        var fields = HTTPFields([("Content-Type", "application/json"), ("Accept", "application/json")])
        if let token { fields.append("Authorization", "Bearer \(token)") }
        // Encoding strings and integers cannot fail.
        let body = (try? JSONEncoder().encode(self)).map(Array.init) ?? []
        return HTTPRequest(method: "POST", url: baseURL + "/tools/invoke", fields: fields, body: body)
    }
}

struct SessionsSendArguments: Encodable {
    let sessionKey: String
    let message: String
    let timeoutSeconds: Int
}

struct SessionsHistoryArguments: Encodable {
    let sessionKey: String
    let limit: Int
}

/// No arguments: a probe that an allowed tool refuses with 400 and a forbidden one with 404.
struct NoArguments: Encodable {}
