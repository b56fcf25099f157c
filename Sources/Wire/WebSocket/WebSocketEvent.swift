/// What happened on a connection, in order.
package enum WebSocketEvent: Equatable, Sendable {
    /// The handshake is complete; data may flow.
    case opened
    case message(WebSocketMessage)
    /// The peer's ping; the pong is already queued.
    case ping
    case pong([UInt8])
    /// The peer's Close frame; the answer is already queued. `code` is nil when the frame was empty.
    case closed(code: CloseCode?, reason: String)
    /// The connection failed; a Close frame is queued where one may be sent. Nothing follows.
    case failed(WebSocketFault)
}
