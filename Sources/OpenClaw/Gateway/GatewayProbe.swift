import Foundation
package import Wire

/// Harmless questions to a gateway: whether it lives, and whether it lets a tool be called.
package enum GatewayProbe {
    package enum Verdict: Equatable, Sendable {
        /// The token is good and the tool may be called.
        case allowed
        /// The token is good, the tool is denied over HTTP or unknown.
        case notAllowed
        case unauthorized
        /// A scope or an approval policy stands in the way.
        case forbidden
        case rateLimited
        /// Restarting, or broken.
        case unavailable
        case notAGateway
    }

    /// `GET /healthz` needs no token.
    package static func health(of baseURL: String) -> HTTPRequest {
        HTTPRequest(method: "GET", url: baseURL + "/healthz")
    }

    /// Whether an answer to ``health(of:)`` is a gateway's: `{"ok":true,"status":"live"}` (shared/spec/gateway.md section
    /// 0). Other programs answer there too.
    package static func isLive(_ response: HTTPResponse) -> Bool {
        struct Health: Decodable {
            let ok: Bool
            let status: String
        }
        guard response.status == 200, JSONIndex.hasFewValues(response.body),
            let health = try? JSONDecoder().decode(Health.self, from: Data(response.body))
        else { return false }
        return health.ok && health.status == "live"
    }

    /// A GET starts no run: 405 where the endpoint is on, the control page or 404 where it is off
    /// (shared/spec/gateway.md section 0). It needs no token.
    package static func chatEndpoint(of baseURL: String, token: String? = nil) -> HTTPRequest {
        var fields = HTTPFields([("Accept", "application/json")])
        if let token { fields.append("Authorization", "Bearer \(token)") }
        return HTTPRequest(method: "GET", url: baseURL + ChatRequest.path, fields: fields)
    }

    package static func isChatEndpointOn(_ response: HTTPResponse) -> Bool { response.status == 405 }

    /// A call without arguments, which an allowed tool refuses with 400.
    package static func call(_ tool: String, at baseURL: String, token: String?) -> HTTPRequest {
        ToolInvocation(tool: tool, sessionKey: nil, args: NoArguments()).request(to: baseURL, token: token)
    }

    /// What the answer to ``call(_:at:token:)`` says.
    package static func verdict(of response: HTTPResponse) -> Verdict {
        struct Anything: Decodable {}
        do throws(GatewayError) {
            _ = try ToolResponse.result(response, as: Anything.self)
            return .allowed
        } catch {
            return switch error {
            case .badRequest: .allowed
            case .toolNotAllowed: .notAllowed
            case .unauthorized: .unauthorized
            case .blocked: .forbidden
            case .rateLimited: .rateLimited
            case .unavailable, .failed: .unavailable
            case .unreadable, .notAGateway: .notAGateway
            }
        }
    }
}
