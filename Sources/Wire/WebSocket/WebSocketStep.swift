/// One thing that happened on a connection. Messages stand apart from other events because they may be looked at where
/// they lie.
package enum WebSocketStep {
    /// A whole data message; the bytes of a text are valid UTF-8.
    case message(isText: Bool, WebSocketPayload)
    case event(WebSocketEvent)

    /// The same with bytes of its own.
    package var event: WebSocketEvent {
        switch self {
        case .message(let isText, let payload):
            .message(isText ? .text(payload.array) : .binary(payload.array))
        case .event(let event): event
        }
    }
}
