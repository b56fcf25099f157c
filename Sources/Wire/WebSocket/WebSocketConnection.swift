/// RFC 6455 as a pure state machine, for both roles: bytes in, events and bytes out.
///
/// Five calls: ``receive(_:)`` and ``receiveEnd()`` for what the peer did, `send…`, ``takeOutgoing()`` for
/// the bytes to write, ``takeEvents()`` for what happened. After each of the first three, call both `take…`.
/// Bad input never throws: it fails the connection with the right Close frame queued and the cause in
/// ``fault``. Once ``isFinished`` is true and the outgoing bytes are written, the connection is to be closed:
/// by a server at once, by a client after the server did, or after a deadline (§7.1.1).
package struct WebSocketConnection: Sendable {
    package enum Role: Sendable {
        case client(ClientHandshake)
        case server(ServerHandshake)
    }

    package enum SendError: Error, Equatable, Sendable {
        /// The handshake is not complete, or a Close frame was sent.
        case notOpen
        /// Over 125 bytes in a control frame (§5.5).
        case controlTooLong
        /// A code that may not stand in a frame (§7.4).
        case invalidCloseCode
    }

    enum Phase {
        case handshake(HTTPHeadParser)
        case open
        /// Our Close frame is sent, the peer's is awaited; messages may still come.
        case closing
        /// After failing or a complete closing handshake everything is ignored.
        case discarding
    }

    let role: Role
    let limits: WebSocketLimits
    private let makeMaskingKey: @Sendable () -> MaskingKey
    var phase: Phase
    var assembly = MessageAssembly()
    var outgoing: [UInt8] = []
    var events: [WebSocketEvent] = []
    /// Bytes that arrived while data was held back; at most one `receive` call's worth.
    var heldBytes: [UInt8] = []
    private var holdsData = false

    package internal(set) var fault: WebSocketFault?
    private var sentClose = false

    /// - Parameter makeMaskingKey: a fresh unpredictable key for each frame of a client (§5.3).
    package init(
        role: Role, limits: WebSocketLimits = WebSocketLimits(),
        makeMaskingKey: @escaping @Sendable () -> MaskingKey = {
            MaskingKey(word: .random(in: .min ... .max))
        }
    ) {
        self.role = role
        self.limits = limits
        self.makeMaskingKey = makeMaskingKey
        phase = .handshake(HTTPHeadParser(maximumHeadBytes: limits.maximumHeadBytes))
        if case .client(let handshake) = role { outgoing = handshake.requestHead.serialized() }
    }

    package var isOpen: Bool { if case .open = phase { true } else { false } }

    /// Nothing more will be sent or delivered.
    package var isFinished: Bool { if case .discarding = phase { true } else { false } }

    /// True when the next bytes belong to data that ``holdData()`` keeps back: stop reading until
    /// ``releaseData()``.
    package var isBlocked: Bool { !heldBytes.isEmpty }

    var isServer: Bool { if case .server = role { true } else { false } }

    package mutating func takeOutgoing() -> [UInt8] {
        defer { outgoing = [] }
        return outgoing
    }

    package mutating func takeEvents() -> [WebSocketEvent] {
        defer { events = [] }
        return events
    }

    // MARK: What the peer did

    package mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        guard heldBytes.isEmpty else {
            heldBytes.append(contentsOf: bytes)
            return
        }
        var input = bytes
        while !input.isEmpty {
            switch phase {
            case .handshake: receiveHandshake(&input)
            case .open, .closing:
                guard receiveFrames(&input, holdsData: holdsData) else {
                    heldBytes = Array(input)
                    return
                }
            case .discarding: return
            }
        }
    }

    package mutating func receive(_ bytes: [UInt8]) { bytes.withUnsafeBytes { receive($0) } }

    /// The peer closed its side of the connection.
    package mutating func receiveEnd() {
        switch phase {
        case .discarding: break
        case .handshake: fail(.handshake("the connection ended before the answer"))
        case .open, .closing: fail(.endedWithoutClose)
        }
    }

    /// From now on data frames wait in front of the reader; control frames before them are still handled.
    package mutating func holdData() { holdsData = true }

    /// Lets data through again and handles what was held back.
    package mutating func releaseData() {
        holdsData = false
        let held = heldBytes
        heldBytes = []
        receive(held)
    }

    // MARK: What we send

    package mutating func send(_ message: WebSocketMessage) throws(SendError) {
        guard isOpen else { throw .notOpen }
        switch message {
        case .text(let bytes): queue(.text, bytes)
        case .binary(let bytes): queue(.binary, bytes)
        }
    }

    /// - Parameter payload: at most 125 bytes; the pong carries it back (§5.5.3).
    package mutating func sendPing(_ payload: [UInt8] = []) throws(SendError) {
        guard isOpen else { throw .notOpen }
        guard payload.count <= 125 else { throw .controlTooLong }
        queue(.ping, payload)
    }

    /// Starts the closing handshake; the peer's answer comes as ``WebSocketEvent/closed(code:reason:)``.
    /// - Parameter reason: cut to 123 bytes at a character (§5.5.1).
    package mutating func sendClose(_ code: CloseCode, reason: String = "") throws(SendError) {
        guard isOpen else { throw .notOpen }
        guard code.isValidOnWire else { throw .invalidCloseCode }
        queueClose(code, reason: reason)
        phase = .closing
    }

    // MARK: Shared by the parts

    mutating func fail(_ cause: WebSocketFault) {
        fault = cause
        if let code = cause.closeCode { queueClose(code, reason: cause.summary) }
        phase = .discarding
        assembly = MessageAssembly()
        events.append(.failed(cause))
    }

    mutating func queue(_ opcode: Opcode, _ payload: [UInt8]) {
        let key = isServer ? nil : makeMaskingKey()
        let header = FrameHeader(opcode: opcode, maskingKey: key, payloadBytes: payload.count)
        outgoing.reserveCapacity(outgoing.count + payload.count + 14)
        payload.withUnsafeBytes { header.append(payload: $0, to: &outgoing) }
    }

    mutating func queueClose(_ code: CloseCode?, reason: String = "") {
        guard !sentClose else { return }
        sentClose = true
        guard let code else { return queue(.close, []) }
        var text = reason
        while text.utf8.count > 123 { text.removeLast() }
        queue(.close, [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + Array(text.utf8))
    }
}
