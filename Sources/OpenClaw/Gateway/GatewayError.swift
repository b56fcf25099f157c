/// Every way in which `POST /tools/invoke` is answered with anything but a result
/// (shared/spec/gateway.md A2: both envelope families).
package enum GatewayError: Error, Equatable, Sendable {
    /// 401: the token is missing or wrong.
    case unauthorized
    /// 403: a scope, a hook or an approval policy stands in the way.
    case blocked(type: String)
    /// 404 `not_found`: the token is good, the tool is not allowed over HTTP.
    case toolNotAllowed
    /// 400, 408, 413: the request itself was refused; with type `tool_error` an early gateway's tool threw.
    case badRequest(type: String)
    /// 429, with the seconds of Retry-After.
    case rateLimited(retryAfterSeconds: Int?)
    /// 503: restarting or draining.
    case unavailable(retryAfterSeconds: Int?)
    /// 5xx: the tool threw, or something before the gateway failed. It may have run.
    case failed(status: Int)
    /// 200 that is not the gateway's JSON. It may have run.
    case unreadable
    /// Any other answer: this is no OpenClaw gateway, or a wrong path.
    case notAGateway(status: Int)

    /// Whether the tool certainly did not run, so that asking again does nothing twice.
    package var provesNothingRan: Bool {
        switch self {
        case .failed, .unreadable, .badRequest(type: "tool_error"): false
        default: true
        }
    }

    /// Whether the same request may succeed later without anybody changing anything.
    package var isTransient: Bool {
        switch self {
        case .rateLimited, .unavailable: true
        default: false
        }
    }
}
