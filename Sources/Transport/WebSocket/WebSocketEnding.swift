package import Wire

/// How a WebSocket connection ended, or never came about.
package struct WebSocketEnding: Error, Equatable, Sendable {
    /// The peer's close code; nil when it sent none.
    package var code: CloseCode?
    package var reason: String
    /// What went wrong; nil after a closing handshake.
    package var cause: TransportFailure?

    package init(code: CloseCode? = nil, reason: String = "", cause: TransportFailure? = nil) {
        (self.code, self.reason, self.cause) = (code, reason, cause)
    }

    package var summary: String {
        if let cause { return cause.summary }
        return code.map { "closed with \($0.rawValue)" } ?? "closed"
    }
}
