import Foundation
package import Wire

/// A WebSocket over a connected stream, either role: pings, dead peers, closing. Loop only.
///
/// This is the synchronous handler under ``WebSocketClient``: ``onMessage`` runs on the loop's thread, and what it sends
/// goes out before the frames behind the message are looked at.
package final class WebSocketChannel {
    private let loop: EventLoop
    private let stream: StreamConnection
    private let settings: WebSocketSettings
    private var machine: WebSocketMachine
    private var pingTimer: LoopTimer?
    private var closeTimer: LoopTimer?
    private var heardSincePing = true
    /// The latest ping that was not answered.
    private var pingUnderWay: (payload: [UInt8], sentAt: Duration)?
    /// From a ping to its pong, of the latest that was answered; nil before the first.
    package private(set) var roundTrip: Duration?
    private var peerClose: WebSocketEnding?
    private var isEnded = false
    private let isServer: Bool
    /// While bytes are handled, what is sent in answer waits, to be written together.
    private var isReceiving = false

    /// A whole message. A borrowed payload is valid during the call only.
    package var onMessage: ((_ isText: Bool, WebSocketPayload) -> Void)?
    /// opened, pings and pongs, in order with the messages.
    package var onEvent: ((WebSocketMachine.Event) -> Void)?
    /// Once, last.
    package var onEnd: ((WebSocketEnding) -> Void)?

    package init(
        over stream: StreamConnection, role: WebSocketMachine.Role,
        settings: WebSocketSettings = WebSocketSettings()
    ) {
        (self.stream, self.settings, loop) = (stream, settings, stream.loop)
        let keys = MaskingKeys()
        machine = WebSocketMachine(role: role, limits: settings.limits) { keys.next() }
        if case .server = role { isServer = true } else { isServer = false }
        stream.onBytes = { [weak self] in self?.received($0) }
        stream.onEnd = { [weak self] in self?.streamEnded($0) }
        stream.onDrained = { [weak self] in self?.updateReading() }
    }

    /// Sends what the role begins with; a client's handshake request.
    package func start() { flush() }

    package var isOpen: Bool { machine.isOpen }

    /// Queues a message.
    /// - Throws: ``TransportError/queueFull(limitBytes:)``, or ``TransportError/ended(_:)`` when not open.
    package func send(_ message: WebSocketMessage) throws(TransportError) {
        try admit(message.bytes.count)
        do { try machine.send(message) } catch { throw .ended(.write) }
        flush()
    }

    /// Queues a copy of a message.
    package func send(_ payload: UnsafeRawBufferPointer, isText: Bool) throws(TransportError) {
        try admit(payload.count)
        do { try machine.send(payload, isText: isText) } catch { throw .ended(.write) }
        flush()
    }

    private func admit(_ count: Int) throws(TransportError) {
        guard stream.queuedBytes + machine.outgoingBytes + count <= settings.maximumQueuedBytes else {
            throw .queueFull(limitBytes: settings.maximumQueuedBytes)
        }
    }

    /// Sends a ping; its payload comes back in a pong. Ignored when not open.
    package func ping(_ payload: [UInt8] = []) {
        try? machine.sendPing(payload)
        pingUnderWay = (payload, loop.now)
        flush()
    }

    /// What is sent in `action` goes out in one write.
    package func together(_ action: () -> Void) {
        let wasReceiving = isReceiving
        isReceiving = true
        action()
        isReceiving = wasReceiving
        flush()
    }

    /// Starts the closing handshake; the connection is cut when it is not complete by the deadline.
    package func close(_ code: CloseCode = .normal, reason: String = "") {
        guard machine.isOpen else { return abort() }
        try? machine.sendClose(code, reason: reason)
        armCloseTimer()
        flush()
    }

    /// Cuts the connection; ``onEnd`` is not called.
    package func abort() {
        isEnded = true
        (onMessage, onEvent, onEnd) = (nil, nil, nil)
        cleanUp()
    }

    /// A dead line is found at once instead of at the next ping: after the machine woke from sleep.
    package func probe(within limit: Duration) {
        guard machine.isOpen else { return }
        heardSincePing = false
        ping()
        pingTimer?.cancel()
        pingTimer = loop.schedule(after: limit) { [weak self] in self?.pingDue() }
    }

    /// Keeps data messages back: the socket is not read further than the next one; control frames before it
    /// are still answered.
    package func holdData() { machine.holdData() }

    package func releaseData() {
        heardSincePing = true
        machine.takeHeldData().withUnsafeBytes { consume($0) }
    }

    /// Nothing is read while data is held back, nor while the peer asks for pongs that it does not take.
    private func updateReading() {
        guard !isEnded else { return }
        stream.isReading = !machine.isBlocked && stream.queuedBytes < Self.queuedBytesToStopReading
    }

    private static let queuedBytesToStopReading = 1 << 20

    private func received(_ bytes: UnsafeRawBufferPointer) {
        heardSincePing = true
        consume(bytes)
    }

    private func consume(_ bytes: UnsafeRawBufferPointer) {
        var input = bytes
        isReceiving = true
        while !isEnded, let event = machine.next(&input) { handle(event) }
        isReceiving = false
        flush()
        updateReading()
    }

    /// Writes what is to be written.
    private func flush() {
        guard !isReceiving, !isEnded else { return }
        let outgoing = machine.takeOutgoing()
        if !outgoing.isEmpty {
            stream.write(outgoing)
            if stream.queuedBytes == 0 { machine.reuse(outgoing) }
        }
        guard !isEnded, machine.isFinished else { return }
        // RFC 6455 §7.1.1: the server closes first; a client waits for that, reading on, because a socket
        // that is closed with bytes unread would reset the connection and take our Close frame with it. But
        // not for ever, and not where no Close frame was sent.
        let sentNoClose = machine.fault.map { $0.closeCode == nil } ?? false
        if isServer || sentNoClose { stream.finish() } else { armCloseTimer() }
    }

    private func handle(_ event: WebSocketMachine.Event) {
        switch event {
        case .opened: armPingTimer()
        case .closed(let code, let reason): peerClose = WebSocketEnding(code: code, reason: reason)
        case .failed(let fault):
            peerClose = WebSocketEnding(cause: .webSocket(fault))
            return armCloseTimer()
        case .pong(let payload):
            // RFC 6455 §5.5.3: a pong carries the payload of the ping that it answers.
            if let ping = pingUnderWay, ping.payload == payload {
                (roundTrip, pingUnderWay) = (loop.now - ping.sentAt, nil)
            }
        case .message(let isText, let payload): return onMessage?(isText, payload) ?? ()
        case .ping: break
        }
        onEvent?(event)
    }

    private func armPingTimer() {
        pingTimer = loop.schedule(after: settings.pingInterval) { [weak self] in self?.pingDue() }
    }

    private func pingDue() {
        // While our own side does not read, silence says nothing about the peer.
        if !heardSincePing, !machine.isBlocked { return end(WebSocketEnding(cause: .timedOut(.pong))) }
        heardSincePing = false
        ping()
        armPingTimer()
    }

    private func armCloseTimer() {
        guard closeTimer == nil, !isEnded else { return }
        closeTimer = loop.schedule(after: settings.closeDeadline) { [weak self] in
            guard let self else { return }
            end(peerClose ?? WebSocketEnding(cause: .timedOut(.read)))
        }
    }

    private func streamEnded(_ error: TransportError?) {
        // What a Close frame said, or how the machine failed, counts; how the socket went down after it does not.
        if peerClose == nil, let error { return end(WebSocketEnding(cause: error)) }
        if let event = machine.receiveEnd() { handle(event) }
        end(peerClose ?? WebSocketEnding(cause: .ended(.read)))
    }

    private func end(_ ending: WebSocketEnding) {
        guard !isEnded else { return }
        isEnded = true
        let onEnd = onEnd
        cleanUp()
        (self.onMessage, self.onEvent, self.onEnd) = (nil, nil, nil)
        onEnd?(ending)
    }

    private func cleanUp() {
        pingTimer?.cancel()
        closeTimer?.cancel()
        stream.close()
    }
}
