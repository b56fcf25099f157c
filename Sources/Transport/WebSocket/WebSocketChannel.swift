import Foundation
package import Wire

/// A WebSocket over a connected stream, either role: pings, dead peers, closing. Loop only.
///
/// This is the synchronous handler under ``WebSocketClient``: ``onMessage`` runs on the loop's thread, and what it sends
/// goes out before the frames behind the message are looked at. It lives as long as its owner holds it; a connection that
/// nobody holds any more is closed.
package final class WebSocketChannel {
    private let loop: EventLoop
    private let stream: StreamChannel
    private let settings: WebSocketSettings
    private var machine: WebSocketMachine
    private var closing: ClosingMachine
    private var pendingActions: [ClosingMachine.Action] = []
    private var isPerforming = false
    private var pingTimer: LoopTimer?
    private var closeTimer: LoopTimer?
    private var heardSincePing = true
    /// The latest ping that was not answered.
    private var pingUnderWay: (payload: [UInt8], sentAt: Duration)?
    /// From a ping to its pong, of the latest that was answered; nil before the first.
    package private(set) var roundTrip: Duration?
    /// What was too much work for one turn of the loop.
    private var rest: [UInt8] = []
    /// While bytes are handled, what is sent in answer waits, to be written together.
    private var isReceiving = false

    /// A whole message. A borrowed payload is valid during the call only.
    package var onMessage: ((_ isText: Bool, WebSocketPayload) -> Void)?
    /// opened, pings and pongs, in order with the messages.
    package var onEvent: ((WebSocketMachine.Event) -> Void)?
    /// Once, last, however the connection ended: also by ``close(_:reason:)`` or ``cut()``.
    package var onEnd: ((WebSocketEnding) -> Void)?

    package init(
        over stream: StreamChannel, role: WebSocketMachine.Role,
        settings: WebSocketSettings = WebSocketSettings()
    ) {
        (self.stream, self.settings, loop) = (stream, settings, stream.loop)
        let keys = MaskingKeys.shared
        machine = WebSocketMachine(role: role, limits: settings.limits) { keys.next() }
        let isServer = if case .server = role { true } else { false }
        closing = ClosingMachine(isServer: isServer, patience: settings.closeDeadline)
        stream.onBytes = { [weak self] in self?.received($0) }
        stream.onEnd = { [weak self] in self?.streamEnded($0) }
        stream.onDrained = { [weak self] in self?.drained() }
    }

    /// Nothing is to fire for a channel that is gone; whichever thread let go of it.
    deinit {
        let timers = LoopBound([pingTimer, closeTimer], on: loop)
        if loop.isCurrent { return timers.value.forEach { $0?.cancel() } }
        loop.execute { timers.value.forEach { $0?.cancel() } }
    }

    /// Sends what the role begins with; a client's handshake request.
    package func start() { flush() }

    package var isOpen: Bool { machine.isOpen }
    /// ``onEnd`` was called.
    package var isEnded: Bool { closing.isEnded }

    /// The subprotocol that the server chose; nil before the opening, or when it chose none.
    package var subprotocol: String? { machine.subprotocol }

    // MARK: Sending

    /// Queues a message.
    /// - Throws: ``TransportFailure/queueFull(limitBytes:)``, or ``TransportFailure/ended(_:)`` when not open.
    package func send(_ message: WebSocketMessage) throws(TransportFailure) {
        let isText = if case .text = message { true } else { false }
        let result = message.bytes.withUnsafeBytes { bytes in
            Result { () throws(TransportFailure) in try send(bytes, isText: isText) }
        }
        try result.get()
    }

    /// Queues a copy of a message.
    package func send(_ payload: UnsafeRawBufferPointer, isText: Bool) throws(TransportFailure) {
        guard stream.queuedBytes + machine.outgoingBytes + payload.count <= settings.maximumQueuedBytes else {
            throw .queueFull(limitBytes: settings.maximumQueuedBytes)
        }
        do { try machine.send(payload, isText: isText) } catch { throw .ended(.write) }
        flush()
    }

    /// Sends a ping; its payload comes back in a pong. Ignored when not open.
    package func ping(_ payload: [UInt8] = []) {
        guard (try? machine.sendPing(payload)) != nil else { return }
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
        releaseWhenClosing()
    }

    // MARK: Ending

    /// Starts the closing handshake; the connection is cut when it is not complete by the deadline. Before the opening it
    /// is cut at once; a second call changes nothing.
    package func close(_ code: CloseCode = .normal, reason: String = "") {
        perform(closing.close(code, reason: reason, at: loop.now))
    }

    /// Ends the connection now.
    package func cut() { perform(closing.cut()) }

    /// What one action leads to comes after those that were decided before it.
    private func perform(_ actions: [ClosingMachine.Action]) {
        pendingActions += actions
        guard !isPerforming else { return }
        isPerforming = true
        defer { isPerforming = false }
        while !pendingActions.isEmpty {
            switch pendingActions.removeFirst() {
            case .arm(let time): armCloseTimer(time)
            case .sendClose(let code, let reason): sendClose(code, reason)
            case .finishWriting: finishWriting()
            case .end(let ending): end(ending)
            }
        }
    }

    private func sendClose(_ code: CloseCode, _ reason: String) {
        // A code that may not stand in a frame ends the connection all the same.
        if (try? machine.sendClose(code, reason: reason)) == nil { try? machine.sendClose(.normal) }
        flush()
        releaseWhenClosing()
    }

    /// The peer's Close may lie behind data that was held back; there is nobody to push back any more.
    private func releaseWhenClosing() {
        if !isReceiving, machine.isBlocked, case .closing = closing.state { releaseData() }
    }

    private func armCloseTimer(_ time: Duration) {
        closeTimer?.cancel()
        closeTimer = loop.schedule(after: max(time - loop.now, .zero)) { [weak self] in
            guard let self else { return }
            perform(closing.deadlinePassed(at: loop.now))
        }
    }

    private func finishWriting() {
        write(machine.takeOutgoing())
        stream.finish()
    }

    private func streamEnded(_ failure: TransportFailure?) {
        if failure == nil {
            // A Close frame behind data that was held back counts.
            releaseData()
            if !closing.isEnded, let event = machine.receiveEnd() { handle(event) }
        }
        perform(closing.streamEnded(failure))
    }

    private func end(_ ending: WebSocketEnding) {
        pingTimer?.cancel()
        closeTimer?.cancel()
        let onEnd = onEnd
        (onMessage, onEvent, self.onEnd, rest) = (nil, nil, nil, [])
        stream.close()
        onEnd?(ending)
    }

    // MARK: Receiving

    /// Keeps data messages back: the socket is not read further than the next one; control frames before it
    /// are still answered.
    package func holdData() { machine.holdData() }

    package func releaseData() {
        heardSincePing = true
        machine.takeHeldData().withUnsafeBytes { consume($0) }
    }

    private func received(_ bytes: UnsafeRawBufferPointer) {
        heardSincePing = true
        if rest.isEmpty { consume(bytes) } else { rest += bytes }
    }

    private func consume(_ bytes: UnsafeRawBufferPointer) {
        var input = bytes
        var budget = WorkBudget()
        isReceiving = true
        while !closing.isEnded, let event = machine.next(&input) {
            if case .message(let isText, let payload) = event {
                budget.spend(payload.count)
                onMessage?(isText, payload)
            } else {
                budget.spend(0)
                handle(event)
            }
            if budget.isSpent { pause(&input) }
        }
        isReceiving = false
        flush()
        guard stream.isOpen else { return }
        releaseWhenClosing()
        stream.isReading = !machine.isBlocked && rest.isEmpty
    }

    /// Leaves the rest of the input for the loop's next turn, so that others get theirs. Meanwhile nothing is read.
    private func pause(_ input: inout UnsafeRawBufferPointer) {
        guard !input.isEmpty, !closing.isEnded else { return }
        rest = Array(input) + rest
        input = UnsafeRawBufferPointer(rebasing: input[input.count...])
        loop.schedule(after: .zero) { [weak self] in
            guard let self else { return }
            let bytes = rest
            rest = []
            bytes.withUnsafeBytes { consume($0) }
        }
    }

    private func handle(_ event: WebSocketMachine.Event) {
        switch event {
        case .message: return
        case .opened:
            perform(closing.opened())
            armPingTimer()
        case .closed(let code, let reason):
            perform(closing.peerClosed(code, reason: reason, at: loop.now))
        case .failed(let fault):
            return perform(closing.failed(fault, hasCloseFrame: fault.closeCode != nil, at: loop.now))
        case .pong(let payload):
            // RFC 6455 §5.5.3: a pong carries the payload of the ping that it answers.
            if let ping = pingUnderWay, ping.payload == payload {
                (roundTrip, pingUnderWay) = (loop.now - ping.sentAt, nil)
            }
        case .ping: break
        }
        onEvent?(event)
    }

    // MARK: Writing

    /// Writes what is to be written. While the socket takes nothing, one pong at most waits (RFC 6455 §5.5.3): a peer that
    /// asks for pongs and does not read costs no memory, and what it sends is still read.
    private func flush() {
        guard !isReceiving, stream.isOpen else { return }
        write(machine.takeOutgoing())
    }

    private func write(_ outgoing: [UInt8]) {
        guard !outgoing.isEmpty else { return }
        stream.write(outgoing)
        if stream.queuedBytes == 0 { machine.reuse(outgoing) }
        machine.isCongested = stream.queuedBytes > 0
    }

    private func drained() {
        guard machine.isCongested else { return }
        machine.isCongested = false
        flush()
    }

    // MARK: Dead peers

    private func armPingTimer() {
        pingTimer = loop.schedule(after: settings.pingInterval) { [weak self] in self?.pingDue() }
    }

    private func pingDue() {
        // While our own side does not read, silence says nothing about the peer, and its pong would not be seen. A peer that
        // has sent all and gone would answer with a reset, which throws away what is still on its way to us.
        guard !machine.isBlocked else { return armPingTimer() }
        if !heardSincePing { return perform(closing.peerIsDead()) }
        heardSincePing = false
        ping()
        armPingTimer()
    }

    /// A dead line is found at once instead of at the next ping: after the machine woke from sleep.
    package func probe(within limit: Duration) {
        guard machine.isOpen else { return }
        heardSincePing = false
        ping()
        pingTimer?.cancel()
        pingTimer = loop.schedule(after: limit) { [weak self] in self?.pingDue() }
    }
}
