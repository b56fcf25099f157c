/// RFC 6455 as a pure state machine, for both roles: bytes in, events and bytes out.
///
/// Four calls: ``next(_:)`` and ``receiveEnd()`` for what the peer did, one event at a time so that an answer goes out
/// before what comes after it is judged; `send…`; ``takeOutgoing()`` for the bytes to write.
/// Bad input never throws: it fails the connection with the right Close frame queued and the cause in
/// ``fault``. Once ``isFinished`` is true and the outgoing bytes are written, the connection is to be closed:
/// by a server at once, by a client after the server did, or after a deadline (§7.1.1).
package struct WebSocketMachine: ~Copyable {
    package enum Role: Sendable {
        case client(ClientHandshake)
        case server(ServerHandshake)
    }

    /// What happened, in order.
    package enum Event {
        /// The handshake is complete; data may flow.
        case opened
        /// A whole data message; the bytes of a text are valid UTF-8. A borrowed payload is valid as long as the memory
        /// that was given to ``WebSocketMachine/next(_:)``.
        case message(isText: Bool, WebSocketPayload)
        /// The peer's ping; the pong is queued already, or will be (``WebSocketMachine/isCongested``).
        case ping
        case pong([UInt8])
        /// The peer's Close frame; the answer is queued already. `code` is nil when the frame was empty.
        case closed(code: CloseCode?, reason: String)
        /// The connection failed; a Close frame is queued where one may be sent. Nothing follows.
        case failed(WebSocketFault)
    }

    /// Why something was not sent; the connection is as it was.
    package enum SendFailure: Error, Equatable, Sendable {
        /// The handshake is not complete, or a Close frame was sent.
        case notOpen
        /// Over 125 bytes in a control frame (§5.5).
        case controlTooLong
        /// A code that a frame may not carry (§7.4).
        case invalidCloseCode
    }

    private enum Phase {
        case handshake, open
        /// Our Close frame is sent, the peer's is awaited; messages may still come.
        case closing
        /// After a failure or a complete closing handshake everything is ignored.
        case finished
    }

    private let isServer: Bool
    private var phase = Phase.handshake
    /// nil once it is over.
    private var handshake: OpeningHandshake?
    private var reader: FrameReader
    private var writer: FrameWriter
    private var holdsData = false
    private var heldBytes: [UInt8] = []

    package private(set) var fault: WebSocketFault?
    /// What the server chose of the offered subprotocols; nil when it chose none, and before ``Event/opened``.
    package private(set) var subprotocol: String?

    /// - Parameter makeMaskingKey: a fresh unpredictable key for each frame of a client (§5.3).
    package init(
        role: Role, limits: WebSocketLimits = WebSocketLimits(),
        makeMaskingKey: @escaping @Sendable () -> MaskingKey = {
            MaskingKey(word: .random(in: .min ... .max))
        }
    ) {
        if case .server = role { isServer = true } else { isServer = false }
        handshake = OpeningHandshake(role: role, maximumHeadBytes: limits.maximumHeadBytes)
        reader = FrameReader(expectsMasks: isServer, limits: limits)
        writer = FrameWriter(makeMaskingKey: isServer ? nil : makeMaskingKey)
        if case .client(let handshake) = role { writer.queueHead(handshake.requestHead.serialized()) }
    }

    package var isOpen: Bool { phase == .open }

    /// Nothing more will be sent or delivered.
    package var isFinished: Bool { phase == .finished }

    // MARK: What the peer did

    /// Takes bytes from the front of `input` until something happened.
    /// - Returns: nil when all of it is taken, and nothing more happened; or data is held back.
    package mutating func next(_ input: inout UnsafeRawBufferPointer) -> Event? {
        if isBlocked { hold(&input) }
        while !input.isEmpty {
            switch phase {
            case .handshake:
                if let event = shakeHands(&input) { return event }
            case .open, .closing:
                if holdsData, phase == .open, reader.isBeforeData(input) {
                    hold(&input)
                } else if let event = receiveFrame(&input) {
                    return event
                }
            case .finished: input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            }
        }
        return nil
    }

    /// The peer closed its side of the connection. Data that is held back arrived before that, and a Close frame may be
    /// behind it: feed ``takeHeldData()`` through ``next(_:)`` first.
    /// - Returns: the failure that this is, unless the connection was finished.
    package mutating func receiveEnd() -> Event? {
        switch phase {
        case .finished: nil
        case .handshake: fail(.handshake("the connection ended before the answer"))
        case .open, .closing: fail(.endedWithoutClose)
        }
    }

    private mutating func shakeHands(_ input: inout UnsafeRawBufferPointer) -> Event? {
        do throws(WebSocketFault) {
            guard let agreement = try handshake?.next(&input) else { return nil }
            writer.queueHead(agreement.answer)
            if let deflate = agreement.deflate {
                reader.expectCompression(isServer ? deflate.client : deflate.server)
                writer.compress(isServer ? deflate.server : deflate.client)
            }
            subprotocol = agreement.subprotocol
            (handshake, phase) = (nil, .open)
            return .opened
        } catch {
            if isServer { writer.queueHead(ServerHandshake.refusal.serialized()) }
            return fail(error)
        }
    }

    private mutating func receiveFrame(_ input: inout UnsafeRawBufferPointer) -> Event? {
        do throws(WebSocketFault) {
            switch try reader.next(&input) {
            case .message(let isText, let payload): return .message(isText: isText, payload)
            case .ping(let payload):
                // §5.5.2: answered with the same payload, unless a Close frame was sent.
                writer.queuePong(payload)
                return .ping
            case .pong(let payload): return .pong(payload)
            case .close(let code, let reason):
                // §5.5.1: answered with the same code.
                writer.queueClose(code)
                finish()
                return .closed(code: code, reason: reason)
            case nil: return nil
            }
        } catch {
            return fail(error)
        }
    }

    private mutating func fail(_ cause: WebSocketFault) -> Event {
        fault = cause
        if let code = cause.closeCode { writer.queueClose(code, reason: cause.summary) }
        finish()
        return .failed(cause)
    }

    /// Gives back the memory of everything that is not to be sent.
    private mutating func finish() {
        (phase, handshake, heldBytes) = (.finished, nil, [])
        reader.reset()
    }

    // MARK: A slow reader

    /// From now on data frames are kept back; control frames before them are still handled. Has no effect
    /// after ``sendClose(_:reason:)``: then only the peer's Close frame matters, and it may be behind data.
    package mutating func holdData() { holdsData = true }

    /// True when the next bytes belong to data that ``holdData()`` keeps back: stop reading until ``takeHeldData()``. What
    /// is read nevertheless is kept behind it.
    package var isBlocked: Bool { !heldBytes.isEmpty }

    /// Lets data through again and gives back what was held (at most what one read brought), to be fed through ``next(_:)``
    /// before anything else. To be called also right after ``sendClose(_:reason:)``, and before ``receiveEnd()``.
    package mutating func takeHeldData() -> [UInt8] {
        holdsData = false
        defer { heldBytes = [] }
        return heldBytes
    }

    private mutating func hold(_ input: inout UnsafeRawBufferPointer) {
        heldBytes.append(contentsOf: input)
        input = UnsafeRawBufferPointer(rebasing: input[input.count...])
    }

    // MARK: What we send

    package mutating func send(_ message: WebSocketMessage) throws(SendFailure) {
        guard isOpen else { throw .notOpen }
        message.bytes.withUnsafeBytes { writer.queueMessage($0, message.opcode) }
    }

    /// Queues a message; its bytes are copied.
    package mutating func send(_ payload: UnsafeRawBufferPointer, isText: Bool) throws(SendFailure) {
        guard isOpen else { throw .notOpen }
        writer.queueMessage(payload, isText ? .text : .binary)
    }

    /// - Parameter payload: at most 125 bytes; the pong carries it back (§5.5.3).
    package mutating func sendPing(_ payload: [UInt8] = []) throws(SendFailure) {
        guard isOpen else { throw .notOpen }
        guard payload.count <= 125 else { throw .controlTooLong }
        writer.queuePing(payload)
    }

    /// Starts the closing handshake; the peer's answer comes as ``Event/closed(code:reason:)``. Call ``takeHeldData()``
    /// next.
    /// - Parameter reason: cut to 123 bytes at a character (§5.5.1).
    package mutating func sendClose(_ code: CloseCode, reason: String = "") throws(SendFailure) {
        guard isOpen else { throw .notOpen }
        guard code.isValidOnWire else { throw .invalidCloseCode }
        writer.queueClose(code, reason: reason)
        phase = .closing
    }

    /// To be set while the socket takes nothing: a peer that pings and does not read is then owed one pong, that for its
    /// latest ping (§5.5.3), which is queued when this becomes false.
    package var isCongested: Bool {
        get { writer.isCongested }
        set { writer.isCongested = newValue }
    }

    /// How much waits for ``takeOutgoing()``.
    package var outgoingBytes: Int { writer.outgoing.count }

    package mutating func takeOutgoing() -> [UInt8] { writer.takeOutgoing() }

    /// Gives the memory of written bytes back for the next ones, unless it is much. Give back what ``takeOutgoing()``
    /// returned as it is: how much memory is kept depends on how much of it was used.
    package mutating func reuse(_ written: consuming [UInt8]) { writer.reuse(written) }
}
