package import Wire

/// How a WebSocket connection comes to its end (RFC 6455 §7), without a socket: what happened in, what to do out, time as a
/// parameter. Whatever happens, in whatever order, there is exactly one ``Action/end(_:)``, and it is the last action.
struct ClosingMachine {
    enum State: Equatable {
        /// The opening handshake is under way.
        case opening
        case open
        /// Our Close frame is sent; the peer's is awaited.
        case closing(until: Duration)
        /// Both sides have said their last; the peer closes the connection, or we do when it does not.
        case lingering(until: Duration, WebSocketEnding)
        case ended
    }

    /// To be carried out in their order; each may lead to further calls before the next is carried out. So a deadline comes
    /// first: it must not take the place of one that belongs to a later state.
    enum Action: Equatable {
        /// ``deadlinePassed(at:)`` is to be called then, and at no earlier time that was asked for.
        case arm(Duration)
        /// A Close frame is to be queued.
        case sendClose(CloseCode, reason: String)
        /// Everything queued is to be written, then the connection closed.
        case finishWriting
        /// The connection is to be closed, and the owner to be told.
        case end(WebSocketEnding)
    }

    private(set) var state = State.opening {
        didSet { isEnded = state == .ended }
    }
    /// Asked for with every message, and so not worked out each time.
    private(set) var isEnded = false
    private let isServer: Bool
    private let patience: Duration

    /// - Parameter patience: how long the peer may take, for its Close frame and again to close the connection.
    init(isServer: Bool, patience: Duration) { (self.isServer, self.patience) = (isServer, patience) }

    mutating func opened() -> [Action] {
        if state == .opening { state = .open }
        return []
    }

    /// The owner wants to end it. A second time changes nothing.
    mutating func close(_ code: CloseCode, reason: String, at now: Duration) -> [Action] {
        switch state {
        // There is no frame for it yet (§7.1.1).
        case .opening: return end(WebSocketEnding(cause: .cancelled))
        case .open:
            state = .closing(until: now + patience)
            return [.arm(now + patience), .sendClose(code, reason: reason)]
        case .closing, .lingering, .ended: return []
        }
    }

    /// The owner has no more use for it, now.
    mutating func cut() -> [Action] { end(WebSocketEnding(cause: .cancelled)) }

    /// The peer's Close frame came; the answer to it is queued, unless ours was first.
    mutating func peerClosed(_ code: CloseCode?, reason: String, at now: Duration) -> [Action] {
        linger(WebSocketEnding(code: code, reason: reason), at: now)
    }

    /// The peer broke a rule. - Parameter hasCloseFrame: a Close frame that says so is queued.
    mutating func failed(_ fault: WebSocketFault, hasCloseFrame: Bool, at now: Duration) -> [Action] {
        linger(WebSocketEnding(cause: .webSocket(fault)), at: now, isFinishing: !hasCloseFrame)
    }

    /// §7.1.1: the server closes the connection first. A client waits for that and reads on: a socket that is closed with
    /// bytes unread would reset the connection and take our Close frame with it. But not for ever, and not where no Close
    /// frame was sent.
    private mutating func linger(_ ending: WebSocketEnding, at now: Duration, isFinishing: Bool = false)
        -> [Action]
    {
        switch state {
        case .lingering, .ended: return []
        case .opening, .open, .closing:
            state = .lingering(until: now + patience, ending)
            return [.arm(now + patience)] + (isServer || isFinishing ? [.finishWriting] : [])
        }
    }

    /// The connection is gone: the peer ended its side, it broke, or ``Action/finishWriting`` is done.
    /// - Parameter failure: nil for an orderly end.
    mutating func streamEnded(_ failure: TransportFailure?) -> [Action] {
        // What a Close frame said, or which rule was broken, counts; how the socket went down after it does not.
        if case .lingering(_, let ending) = state { return end(ending) }
        return end(WebSocketEnding(cause: failure ?? .ended(.read)))
    }

    /// No pong and nothing else came for too long.
    mutating func peerIsDead() -> [Action] {
        switch state {
        case .opening, .open: end(WebSocketEnding(cause: .timedOut(.pong)))
        // These have a deadline of their own.
        case .closing, .lingering, .ended: []
        }
    }

    mutating func deadlinePassed(at now: Duration) -> [Action] {
        switch state {
        case .closing(let until) where until <= now: end(WebSocketEnding(cause: .timedOut(.close)))
        case .lingering(let until, let ending) where until <= now: end(ending)
        case .opening, .open, .closing, .lingering, .ended: []
        }
    }

    private mutating func end(_ ending: WebSocketEnding) -> [Action] {
        guard state != .ended else { return [] }
        state = .ended
        return [.end(ending)]
    }
}

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
