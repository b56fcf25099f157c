/// Takes frames out of the bytes of the peer (RFC 6455 §5) and makes messages of them: header, mask, fragments,
/// compression, UTF-8.
///
/// Do not use it after it has thrown: every fault ends the connection.
struct FrameReader: ~Copyable {
    /// What a frame completed.
    enum Arrival {
        case message(isText: Bool, WebSocketPayload)
        case ping([UInt8])
        case pong([UInt8])
        case close(code: CloseCode?, reason: String)
    }

    /// A frame whose payload is arriving.
    private struct Frame {
        let header: FrameHeader
        var receivedBytes = 0

        var missingBytes: Int { header.payloadBytes - receivedBytes }
    }

    /// A data message that is not whole yet, over all its fragments.
    struct Message {
        let isText: Bool
        /// RSV1 of its first frame (RFC 7692 §6).
        let isCompressed: Bool
        var bytes: [UInt8] = []
        var validator = UTF8Validator()

        /// §8.1: text is checked as it arrives.
        mutating func validate(from start: Int) throws(WebSocketFault) {
            guard isText else { return }
            let isValid = bytes.withUnsafeBytes {
                validator.consume(UnsafeRawBufferPointer(rebasing: $0[start...]))
            }
            guard isValid else { throw .invalidUTF8 }
        }
    }

    private let expectsMasks: Bool
    private let limits: WebSocketLimits
    /// nil unless permessage-deflate was agreed on (RFC 7692).
    private var compression: DeflateParameters.Side?
    /// Between messages only where they may refer to each other.
    private(set) var inflater: Inflater?
    /// Bytes of a header that is not whole yet (at most 14).
    private var headerBytes: [UInt8] = []
    private var frame: Frame?
    /// Payload of a control frame; those come between fragments and have a place of their own.
    private var control: [UInt8] = []
    private(set) var message: Message?

    /// - Parameter expectsMasks: true for a server: a client masks every frame, a server none (§5.1).
    init(expectsMasks: Bool, limits: WebSocketLimits) {
        (self.expectsMasks, self.limits) = (expectsMasks, limits)
    }

    mutating func expectCompression(_ side: DeflateParameters.Side) { compression = side }

    /// Gives its memory back.
    mutating func reset() { self = FrameReader(expectsMasks: expectsMasks, limits: limits) }

    /// Whether `input` begins with a data frame: its first byte has no control bit. Later bytes of a header, and payload,
    /// belong to a frame that was let through.
    func isBeforeData(_ input: UnsafeRawBufferPointer) -> Bool {
        frame == nil && headerBytes.isEmpty && input[0] & 0x08 == 0
    }

    /// Takes one frame, or what there is of it, from the front of `input`.
    /// - Returns: what the frame completed; nil for a part of a frame, and for a fragment.
    mutating func next(_ input: inout UnsafeRawBufferPointer) throws(WebSocketFault) -> Arrival? {
        var current: Frame
        if let frame {
            current = frame
        } else {
            guard let header = try takeHeader(&input) else { return nil }
            try check(header)
            if isPlainMessage(header), header.payloadBytes <= input.count {
                return try takeInPlace(header, &input)
            }
            current = Frame(header: header)
            if header.opcode == .text || header.opcode == .binary {
                message = Message(isText: header.opcode == .text, isCompressed: header.reserved != 0)
            }
        }
        let piece = Self.take(min(current.missingBytes, input.count), from: &input)
        let offset = current.receivedBytes
        current.receivedBytes += piece.count
        let isWhole = current.missingBytes == 0
        frame = isWhole ? nil : current
        if !current.header.opcode.isControl {
            return try takeData(piece, at: offset, of: current, isLast: isWhole && current.header.isFinal)
        }
        Self.append(piece, current.header.maskingKey, at: offset, to: &control)
        return isWhole ? try takeControl(current.header.opcode) : nil
    }

    // MARK: Headers

    /// A header, straight from the input when it lies whole in it.
    private mutating func takeHeader(_ input: inout UnsafeRawBufferPointer) throws(WebSocketFault)
        -> FrameHeader?
    {
        if headerBytes.isEmpty, input.count >= 2 {
            let count = FrameHeader.byteCount(input[0], input[1])
            if input.count >= count {
                return try FrameHeader(parsing: Self.take(count, from: &input))
            }
        }
        while !input.isEmpty {
            headerBytes.append(contentsOf: Self.take(1, from: &input))
            guard headerBytes.count >= 2,
                headerBytes.count == FrameHeader.byteCount(headerBytes[0], headerBytes[1])
            else { continue }
            defer { headerBytes = [] }
            return try FrameHeader(parsing: headerBytes)
        }
        return nil
    }

    /// Whether the frame may come here and now, and is within the limits.
    private func check(_ header: FrameHeader) throws(WebSocketFault) {
        // §5.1: a client masks every frame, a server none.
        guard (header.maskingKey != nil) == expectsMasks else {
            throw .protocolViolation(expectsMasks ? "a frame without mask" : "a masked frame from the server")
        }
        // §5.2: reserved bits have no meaning but what an extension gives them: RSV1 marks the first frame of a
        // compressed message (RFC 7692 §6).
        let mayBeCompressed = compression != nil && (header.opcode == .text || header.opcode == .binary)
        guard header.reserved == 0 || (header.reserved == 0b100 && mayBeCompressed) else {
            throw .protocolViolation("reserved bits are set")
        }
        if header.opcode.isControl { return }
        // §5.4: a continuation needs a beginning, and a message ends before the next begins.
        if header.opcode == .continuation {
            guard message != nil else { throw .protocolViolation("a continuation of nothing") }
        } else {
            guard message == nil else { throw .protocolViolation("a message inside a message") }
        }
        guard header.payloadBytes <= limits.maximumFrameBytes else {
            throw .tooLarge(what: "a frame", limitBytes: limits.maximumFrameBytes)
        }
        // What a compressed message comes to is seen while it is inflated.
        guard
            message?.isCompressed ?? (header.reserved != 0)
                || header.payloadBytes <= limits.maximumMessageBytes - (message?.bytes.count ?? 0)
        else { throw .tooLarge(what: "a message", limitBytes: limits.maximumMessageBytes) }
    }

    // MARK: Data

    private func isPlainMessage(_ header: FrameHeader) -> Bool {
        header.isFinal && header.reserved == 0 && header.maskingKey == nil
            && (header.opcode == .text || header.opcode == .binary)
    }

    /// A plain message in one frame that lies whole in the input is not copied.
    private func takeInPlace(_ header: FrameHeader, _ input: inout UnsafeRawBufferPointer)
        throws(WebSocketFault) -> Arrival
    {
        let payload = Self.take(header.payloadBytes, from: &input)
        if header.opcode == .text {
            var validator = UTF8Validator()
            guard validator.consume(payload), validator.isAtBoundary else { throw .invalidUTF8 }
        }
        return .message(isText: header.opcode == .text, .borrowed(payload))
    }

    /// - Parameters:
    ///   - offset: where the piece begins in its frame.
    ///   - isLast: whether the message ends with it.
    private mutating func takeData(
        _ piece: UnsafeRawBufferPointer, at offset: Int, of frame: Frame, isLast: Bool
    ) throws(WebSocketFault) -> Arrival? {
        guard var message = message.take() else { return nil }
        let start = message.bytes.count
        var fault: WebSocketFault?
        if message.isCompressed {
            fault = inflate(piece, frame.header.maskingKey, at: offset, isLast: isLast, into: &message.bytes)
        } else {
            makeRoom(for: piece, of: frame, in: &message.bytes)
            Self.append(piece, frame.header.maskingKey, at: offset, to: &message.bytes)
        }
        // What came out before a fault is judged first: the same bytes fail for the same reason however they were cut.
        try message.validate(from: start)
        if let fault { throw fault }
        guard isLast else {
            self.message = message
            return nil
        }
        guard !message.isText || message.validator.isAtBoundary else { throw .invalidUTF8 }
        return .message(isText: message.isText, .owned(message.bytes))
    }

    /// - Returns: what is wrong with the compressed data; `bytes` have what came out before.
    private mutating func inflate(
        _ piece: UnsafeRawBufferPointer, _ key: MaskingKey?, at offset: Int, isLast: Bool,
        into bytes: inout [UInt8]
    ) -> WebSocketFault? {
        guard let compression else { return nil }
        if inflater == nil { inflater = Inflater() }
        guard inflater != nil else { return .tooLarge(what: "a compressed message", limitBytes: 0) }
        let limit = limits.maximumMessageBytes
        var fault: WebSocketFault??
        if let key {
            var plain: [UInt8] = []
            Self.append(piece, key, at: offset, to: &plain)
            fault = plain.withUnsafeBytes { inflater?.fault(of: $0, into: &bytes, limitBytes: limit) }
        } else {
            fault = inflater?.fault(of: piece, into: &bytes, limitBytes: limit)
        }
        if let fault, let fault { return fault }
        guard isLast else { return nil }
        fault = inflater?.endMessage(into: &bytes, limitBytes: limit)
        if !compression.takesContextOver { inflater = nil }
        return fault ?? nil
    }

    /// Room is made in proportion to what has come: a frame that only announces much gets none, one that comes in many
    /// pieces or fragments is not copied with each of them, and the last gets what it announces.
    private func makeRoom(for piece: UnsafeRawBufferPointer, of frame: Frame, in bytes: inout [UInt8]) {
        let needed = bytes.count + piece.count
        guard bytes.capacity < needed else { return }
        let room = min(frame.missingBytes, max(Self.roomFactor * piece.count, bytes.count))
        // Behind a fragment more may come; how much, nobody knows.
        let doubled = frame.header.isFinal ? 0 : min(2 * bytes.capacity, limits.maximumMessageBytes)
        bytes.reserveCapacity(max(needed + room, doubled))
    }

    private static let roomFactor = 16

    // MARK: Control frames

    private mutating func takeControl(_ opcode: Opcode) throws(WebSocketFault) -> Arrival {
        let payload = control
        control = []
        switch opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        default: return try Self.close(payload)
        }
    }

    /// §5.5.1 and §7.4: an empty body, or a valid code and a UTF-8 reason.
    private static func close(_ payload: [UInt8]) throws(WebSocketFault) -> Arrival {
        if payload.isEmpty { return .close(code: nil, reason: "") }
        guard payload.count >= 2 else { throw .protocolViolation("a close frame of one byte") }
        let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.isValidOnWire else { throw .protocolViolation("close code \(code.rawValue)") }
        guard let reason = String(validating: payload[2...], as: UTF8.self) else { throw .invalidUTF8 }
        return .close(code: code, reason: reason)
    }

    // MARK: Bytes

    private static func take(_ count: Int, from input: inout UnsafeRawBufferPointer) -> UnsafeRawBufferPointer
    {
        defer { input = UnsafeRawBufferPointer(rebasing: input[count...]) }
        return UnsafeRawBufferPointer(rebasing: input[..<count])
    }

    private static func append(
        _ piece: UnsafeRawBufferPointer, _ key: MaskingKey?, at offset: Int, to target: inout [UInt8]
    ) {
        let start = target.count
        target.append(contentsOf: piece)
        guard let key else { return }
        target.withUnsafeMutableBytes {
            key.apply(to: UnsafeMutableRawBufferPointer(rebasing: $0[start...]), offset: offset)
        }
    }
}
