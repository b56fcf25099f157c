/// Makes frames of what is to be sent (RFC 6455 §5): mask, compression, one Close frame at most and nothing behind it.
struct FrameWriter: ~Copyable {
    /// nil for a server, whose frames have no mask (§5.1).
    private let makeMaskingKey: (@Sendable () -> MaskingKey)?
    /// nil unless permessage-deflate was agreed on (RFC 7692).
    private var compression: DeflateParameters.Side?
    /// Between messages only where they may refer to each other.
    private(set) var deflater: Deflater?
    private var isClosed = false
    /// The answer to the latest ping that came while the socket took nothing.
    private var latePong: [UInt8]?
    private(set) var outgoing: [UInt8] = []

    init(makeMaskingKey: (@Sendable () -> MaskingKey)?) { self.makeMaskingKey = makeMaskingKey }

    /// While it is true, pongs are not queued, and only the latest is kept (§5.5.3).
    var isCongested = false {
        didSet {
            guard !isCongested, let payload = latePong else { return }
            latePong = nil
            queuePong(payload)
        }
    }

    mutating func compress(_ side: DeflateParameters.Side) { compression = side }

    // MARK: Queueing

    /// The bytes of the opening handshake.
    mutating func queueHead(_ bytes: [UInt8]) { outgoing += bytes }

    /// A data message, compressed where that was agreed on and makes it shorter.
    mutating func queueMessage(_ payload: UnsafeRawBufferPointer, _ opcode: Opcode) {
        guard let compressed = compressed(payload) else { return queue(opcode, payload) }
        // RFC 7692 §6: RSV1 marks the first frame of a compressed message.
        compressed.withUnsafeBytes { queue(opcode, $0, reserved: 0b100) }
    }

    mutating func queuePing(_ payload: [UInt8]) { payload.withUnsafeBytes { queue(.ping, $0) } }

    mutating func queuePong(_ payload: [UInt8]) {
        guard !isClosed else { return }
        if isCongested {
            latePong = payload
        } else {
            payload.withUnsafeBytes { queue(.pong, $0) }
        }
    }

    /// Only the first is sent; an owed pong would come behind it and is not (§5.5.1).
    mutating func queueClose(_ code: CloseCode?, reason: String = "") {
        guard !isClosed else { return }
        (isClosed, latePong) = (true, nil)
        deflater = nil
        var body: [UInt8] = []
        if let code {
            var text = reason
            while text.utf8.count > 123 { text.removeLast() }
            body = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + Array(text.utf8)
        }
        body.withUnsafeBytes { queue(.close, $0) }
    }

    private mutating func queue(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer, reserved: UInt8 = 0) {
        let header = FrameHeader(
            reserved: reserved, opcode: opcode, maskingKey: makeMaskingKey?(), payloadBytes: payload.count)
        let needed = outgoing.count + payload.count + 14
        // Doubled, so that many small frames are not copied again with each further one.
        if outgoing.capacity < needed { outgoing.reserveCapacity(max(needed, 2 * outgoing.capacity)) }
        header.append(payload: payload, to: &outgoing)
    }

    private mutating func compressed(_ payload: UnsafeRawBufferPointer) -> [UInt8]? {
        // zlib cannot keep within a window of 8 bits; sending uncompressed is always allowed (RFC 7692 §6).
        guard let compression, compression.windowBits >= 9,
            payload.count >= Deflater.minimumBytes(compression)
        else { return nil }
        guard compression.takesContextOver else {
            var deflater = Deflater(windowBits: compression.windowBits, messageBytes: payload.count)
            return deflater?.deflate(payload)
        }
        if deflater == nil { deflater = Deflater(windowBits: compression.windowBits) }
        return deflater?.deflate(payload)
    }

    // MARK: Writing

    mutating func takeOutgoing() -> [UInt8] {
        defer { outgoing = [] }
        return outgoing
    }

    /// Takes the memory of written bytes for the next ones. Up to 4 KiB stay at rest. More stays only while messages of
    /// that size flow, which makes an echo of 64 KiB three times as fast: a short message, at the latest the next ping,
    /// gives it back.
    mutating func reuse(_ written: consuming [UInt8]) {
        let limit = max(Self.keptAtRest, min(Self.keptInUse, 4 * written.count))
        guard outgoing.isEmpty, written.capacity <= limit else { return }
        written.removeAll(keepingCapacity: true)
        outgoing = written
    }

    private static let keptAtRest = 4 << 10
    private static let keptInUse = 256 << 10
}
