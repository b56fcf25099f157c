/// A WebSocket to one peer as the rules need it, given from outside.
package protocol WebSocketPort: AnyObject {
    /// Opens a connection. Signals come later, in order; `ended` comes exactly once and last.
    func open(_ onSignal: @escaping (WebSocketSignal) -> Void) -> any WebSocketPortConnection
}

/// One connection of a ``WebSocketPort``.
package protocol WebSocketPortConnection: AnyObject {
    /// Queues one text frame; ignored when the connection is not open.
    func send(_ text: [UInt8])
    /// Queues a ping; its payload comes back as ``WebSocketSignal/pong(_:)``.
    func ping(_ payload: [UInt8])
    /// The one and then the other, where possible in one write.
    func send(_ text: [UInt8], thenPing payload: [UInt8])
    /// Finds out within `limit` whether the line is dead: after the machine woke from sleep.
    func probe(within limit: Duration)
    /// Starts the closing handshake with code 1000.
    func close()
    /// Drops the connection without another signal.
    func abort()
    /// How long the latest pong took; nil before the first.
    var roundTrip: Duration? { get }
}

extension WebSocketPortConnection {
    package func send(_ text: [UInt8], thenPing payload: [UInt8]) {
        send(text)
        ping(payload)
    }
}

package enum WebSocketSignal: Equatable, Sendable {
    case opened
    case text([UInt8])
    case binary(byteCount: Int)
    case pong([UInt8])
    case ended(WebSocketPortEnding)
}

/// Why a connection ended, or never came about.
package struct WebSocketPortEnding: Equatable, Sendable {
    /// The peer's WebSocket close code.
    package var closeCode: UInt16?
    /// Seconds of Retry-After when the handshake was answered with 429 or 503.
    package var retryAfterSeconds: Int?
    /// Whether there was no network at all: no name was resolved, or no route found.
    package var hasNoNetwork = false
    /// For the log.
    package var reason: String

    package init(closeCode: UInt16? = nil, retryAfterSeconds: Int? = nil, reason: String) {
        (self.closeCode, self.retryAfterSeconds, self.reason) = (closeCode, retryAfterSeconds, reason)
    }
}
