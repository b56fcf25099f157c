package import Agent

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

    /// What can be done about an error.
    package enum Remedy: Equatable, Sendable {
        /// Nothing ran, and another token is needed.
        case anotherToken
        /// Nothing ran, and the same request may succeed later.
        case sendAgain(afterSeconds: Int?, isDown: Bool)
        /// It may have run: asking again could do things twice, so the history has to tell.
        case watchHistory
        /// Nothing ran, and nothing will until somebody changes something.
        case giveUp(TurnFailure)
    }

    package var remedy: Remedy {
        switch self {
        case .unauthorized: .anotherToken
        case .rateLimited(let seconds): .sendAgain(afterSeconds: seconds, isDown: false)
        case .unavailable(let seconds): .sendAgain(afterSeconds: seconds, isDown: true)
        // Gateways of early 2026 answered 400 tool_error whatever a tool threw, and whenever.
        case .failed, .unreadable, .badRequest(type: "tool_error"): .watchHistory
        case .toolNotAllowed: .giveUp(.toolNotAllowed)
        case .blocked: .giveUp(.forbidden)
        case .badRequest: .giveUp(.refused)
        case .notAGateway: .giveUp(.notAGateway)
        }
    }
}
