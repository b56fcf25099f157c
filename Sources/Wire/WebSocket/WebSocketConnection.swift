/// RFC 6455 as a pure state machine, for both roles: bytes in, events and bytes out.
///
/// Five calls: ``next(_:)`` and ``receiveEnd()`` for what the peer did, one event at a time so that an answer goes out
/// before what comes after it is judged; `send…`; ``takeOutgoing()`` for the bytes to write. ``receive(_:)`` and
/// ``takeEvents()`` are the same for a whole piece at once.
/// Bad input never throws: it fails the connection with the right Close frame queued and the cause in
/// ``fault``. Once ``isFinished`` is true and the outgoing bytes are written, the connection is to be closed:
/// by a server at once, by a client after the server did, or after a deadline (§7.1.1).
package struct WebSocketConnection {
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
    var phase: Phase {
        didSet { (isOpen, isFinished) = (Self.isOpen(phase), Self.isFinished(phase)) }
    }
    var assembly = MessageAssembly()
    /// What waits for ``takeOutgoing()``.
    package internal(set) var outgoing: [UInt8] = []
    /// What the last step came to.
    var step: WebSocketStep?
    private var events: [WebSocketEvent] = []
    /// nil unless permessage-deflate was agreed on.
    var deflate: DeflateParameters?
    var inflater: Inflater?
    private var deflater: Deflater?
    /// Bytes that arrived while data was held back; at most one `receive` call's worth.
    var heldBytes: [UInt8] = [] {
        didSet { isBlocked = !heldBytes.isEmpty }
    }
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

    // These are asked for with every message. They are stored because a computed property of another module's struct
    // is called with a copy of the whole struct where that lies in a class.

    package private(set) var isOpen = false

    /// Nothing more will be sent or delivered.
    package private(set) var isFinished = false

    /// True when the next bytes belong to data that ``holdData()`` keeps back: stop reading until
    /// ``releaseData()``.
    package private(set) var isBlocked = false

    private static func isOpen(_ phase: Phase) -> Bool { if case .open = phase { true } else { false } }

    private static func isFinished(_ phase: Phase) -> Bool {
        if case .discarding = phase { true } else { false }
    }

    var isServer: Bool { if case .server = role { true } else { false } }

    package mutating func takeOutgoing() -> [UInt8] {
        defer { outgoing = [] }
        return outgoing
    }

    /// Gives the memory of written bytes back for the next ones, unless it is much.
    package mutating func reuse(_ written: consuming [UInt8]) {
        guard outgoing.isEmpty, written.capacity <= Self.largestReuse else { return }
        written.removeAll(keepingCapacity: true)
        outgoing = written
    }

    private static let largestReuse = 256 << 10

    package mutating func takeEvents() -> [WebSocketEvent] {
        defer { events = [] }
        return events
    }

    // MARK: What the peer did

    /// Takes bytes from the front of `input` until something happened.
    /// - Returns: nil when all of it is taken, and nothing more happened; or data is held back. A borrowed payload is
    ///   valid as long as `input`'s memory.
    package mutating func next(_ input: inout UnsafeRawBufferPointer) -> WebSocketStep? {
        guard heldBytes.isEmpty else {
            heldBytes.append(contentsOf: input)
            input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            return nil
        }
        while step == nil, !input.isEmpty {
            switch phase {
            case .handshake: receiveHandshake(&input)
            case .open, .closing:
                guard receiveFrame(&input, holdsData: holdsData) else {
                    heldBytes = Array(input)
                    input = UnsafeRawBufferPointer(rebasing: input[input.count...])
                    return nil
                }
            case .discarding: input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            }
        }
        defer { step = nil }
        return step
    }

    package mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        var input = bytes
        while let step = next(&input) { events.append(step.event) }
    }

    package mutating func receive(_ bytes: [UInt8]) { bytes.withUnsafeBytes { receive($0) } }

    /// The peer closed its side of the connection.
    package mutating func receiveEnd() {
        switch phase {
        case .discarding: break
        case .handshake: fail(.handshake("the connection ended before the answer"))
        case .open, .closing: fail(.endedWithoutClose)
        }
        if let step { events.append(step.event) }
        step = nil
    }

    /// From now on data frames wait in front of the reader; control frames before them are still handled.
    package mutating func holdData() { holdsData = true }

    /// Lets data through again and gives back what was held, to be fed through ``next(_:)``.
    package mutating func takeHeldData() -> [UInt8] {
        holdsData = false
        defer { heldBytes = [] }
        return heldBytes
    }

    /// Lets data through again and handles what was held back.
    package mutating func releaseData() { receive(takeHeldData()) }

    // MARK: What we send

    package mutating func send(_ message: WebSocketMessage) throws(SendError) {
        guard isOpen else { throw .notOpen }
        message.bytes.withUnsafeBytes { queueData(message.opcode, $0) }
    }

    /// Queues a message; its bytes are copied.
    package mutating func send(_ payload: UnsafeRawBufferPointer, isText: Bool) throws(SendError) {
        guard isOpen else { throw .notOpen }
        queueData(isText ? .text : .binary, payload)
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
        (inflater, deflater) = (nil, nil)
        step = .event(.failed(cause))
    }

    /// A data message, compressed where that was agreed on and makes it shorter.
    private mutating func queueData(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer) {
        guard payload.count >= Deflater.minimumBytes, let compressed = compressed(payload) else {
            return queue(opcode, payload)
        }
        // RFC 7692 §6: RSV1 marks the first frame of a compressed message.
        compressed.withUnsafeBytes { queue(opcode, $0, reserved: 0b100) }
    }

    private mutating func compressed(_ payload: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let deflate else { return nil }
        let bits = isServer ? deflate.serverWindowBits : deflate.clientWindowBits
        // zlib cannot keep within a window of 8 bits; sending uncompressed is always allowed (§6).
        guard bits >= 9 else { return nil }
        if deflater == nil {
            let takesOver = isServer ? deflate.serverTakesContextOver : deflate.clientTakesContextOver
            deflater = Deflater(windowBits: bits, takesContextOver: takesOver)
        }
        return deflater?.deflate(payload)
    }

    mutating func queue(_ opcode: Opcode, _ payload: [UInt8]) {
        payload.withUnsafeBytes { queue(opcode, $0) }
    }

    private mutating func queue(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer, reserved: UInt8 = 0) {
        let header = FrameHeader(
            reserved: reserved, opcode: opcode, maskingKey: isServer ? nil : makeMaskingKey(),
            payloadBytes: payload.count)
        outgoing.reserveCapacity(outgoing.count + payload.count + 14)
        header.append(payload: payload, to: &outgoing)
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
