extension WebSocketConnection {
    /// Takes one frame, or what there is of it, from the front of `input`.
    /// - Returns: false when a data frame is next and data is held back; the input then begins with that
    ///   frame.
    mutating func receiveFrame(_ input: inout UnsafeRawBufferPointer, holdsData: Bool) -> Bool {
        do {
            if assembly.frame == nil {
                // A first byte without the control bit begins a data frame. Later bytes of a header come only after
                // its first was let through.
                if holdsData, assembly.headerBytes.isEmpty, input[0] & 0x08 == 0 { return false }
                guard let header = try receiveHeader(&input) else { return true }
                try begin(header)
                if try takeWhole(header, &input) { return true }
            }
            if let header = assembly.frame { try receivePayload(header, &input) }
        } catch {
            fail(error)
        }
        return true
    }

    /// A header, straight from the input when it lies whole in it.
    private mutating func receiveHeader(_ input: inout UnsafeRawBufferPointer) throws(WebSocketFault)
        -> FrameHeader?
    {
        if assembly.headerBytes.isEmpty, input.count >= 2 {
            let count = FrameHeader.byteCount(input[0], input[1])
            if input.count >= count {
                let header = try FrameHeader(parsing: input)
                input = UnsafeRawBufferPointer(rebasing: input[count...])
                return header
            }
        }
        while let byte = input.first {
            assembly.headerBytes.append(byte)
            input = UnsafeRawBufferPointer(rebasing: input[1...])
            let bytes = assembly.headerBytes
            guard bytes.count >= 2, bytes.count == FrameHeader.byteCount(bytes[0], bytes[1]) else { continue }
            assembly.headerBytes.removeAll(keepingCapacity: true)
            return try FrameHeader(parsing: bytes)
        }
        return nil
    }

    private mutating func begin(_ header: FrameHeader) throws(WebSocketFault) {
        // §5.1: a client masks every frame, a server none.
        guard (header.maskingKey != nil) == isServer else {
            throw .protocolViolation(isServer ? "a frame without mask" : "a masked frame from the server")
        }
        // §5.2: reserved bits have no meaning but what an extension gives them: RSV1 marks the first frame of a
        // compressed message (RFC 7692 §6).
        let mayBeCompressed = deflate != nil && (header.opcode == .text || header.opcode == .binary)
        guard header.reserved == 0 || (header.reserved == 0b100 && mayBeCompressed) else {
            throw .protocolViolation("reserved bits are set")
        }
        if !header.opcode.isControl { try beginData(header) }
    }

    private mutating func beginData(_ header: FrameHeader) throws(WebSocketFault) {
        // §5.4: a continuation needs a beginning, and a message ends before the next begins.
        if header.opcode == .continuation {
            guard assembly.messageOpcode != nil else { throw .protocolViolation("a continuation of nothing") }
        } else {
            guard assembly.messageOpcode == nil else {
                throw .protocolViolation("a message inside a message")
            }
            assembly.messageOpcode = header.opcode
            assembly.isCompressed = header.reserved != 0
        }
        guard header.payloadBytes <= limits.maximumFrameBytes else {
            throw .tooLarge(what: "a frame", limitBytes: limits.maximumFrameBytes)
        }
        // What a compressed message comes to is seen while it is inflated.
        guard
            assembly.isCompressed
                || header.payloadBytes <= limits.maximumMessageBytes - assembly.message.count
        else { throw .tooLarge(what: "a message", limitBytes: limits.maximumMessageBytes) }
    }

    /// A plain message in one frame that lies whole in the input is not copied.
    private mutating func takeWhole(_ header: FrameHeader, _ input: inout UnsafeRawBufferPointer)
        throws(WebSocketFault) -> Bool
    {
        let isPlain = header.maskingKey == nil && !assembly.isCompressed && header.isFinal
        guard isPlain, header.opcode == .text || header.opcode == .binary, header.payloadBytes <= input.count
        else {
            assembly.frame = header
            assembly.frameReceivedBytes = 0
            if header.payloadBytes == 0 { try endFrame(header) }
            return false
        }
        let payload = UnsafeRawBufferPointer(rebasing: input[..<header.payloadBytes])
        input = UnsafeRawBufferPointer(rebasing: input[header.payloadBytes...])
        assembly.messageOpcode = nil
        if header.opcode == .text {
            var validator = UTF8Validator()
            guard validator.consume(payload), validator.isAtBoundary else { throw .invalidUTF8 }
        }
        step = .message(isText: header.opcode == .text, .borrowed(payload))
        return true
    }

    /// Room for a large message is made at once when much of it has come: a frame that only announces much gets none.
    private mutating func makeRoom(_ piece: UnsafeRawBufferPointer, _ header: FrameHeader) {
        guard piece.count >= Self.largePiece else { return }
        let rest = header.payloadBytes - assembly.frameReceivedBytes
        assembly.message.reserveCapacity(assembly.message.count + min(rest, Self.roomFactor * piece.count))
    }

    private static let largePiece = 16 << 10
    private static let roomFactor = 16

    private mutating func receivePayload(_ header: FrameHeader, _ input: inout UnsafeRawBufferPointer)
        throws(WebSocketFault)
    {
        let count = min(header.payloadBytes - assembly.frameReceivedBytes, input.count)
        let piece = UnsafeRawBufferPointer(rebasing: input[..<count])
        input = UnsafeRawBufferPointer(rebasing: input[count...])
        if header.opcode.isControl {
            Self.append(piece, header, at: assembly.frameReceivedBytes, to: &assembly.control)
        } else {
            try receiveData(piece, header)
        }
        assembly.frameReceivedBytes += count
        if assembly.frameReceivedBytes == header.payloadBytes { try endFrame(header) }
    }

    private mutating func receiveData(_ piece: UnsafeRawBufferPointer, _ header: FrameHeader)
        throws(WebSocketFault)
    {
        let start = assembly.message.count
        var fault: WebSocketFault?
        if assembly.isCompressed {
            fault = try inflate(piece, header)
        } else {
            makeRoom(piece, header)
            Self.append(piece, header, at: assembly.frameReceivedBytes, to: &assembly.message)
        }
        // What came out before a fault is judged first: the same bytes fail for the same reason however they were cut.
        if assembly.messageOpcode == .text { try validateText(from: start) }
        if let fault { throw fault }
    }

    /// - Returns: what is wrong with the compressed data; the message has what came out before.
    private mutating func inflate(_ piece: UnsafeRawBufferPointer, _ header: FrameHeader)
        throws(WebSocketFault) -> WebSocketFault?
    {
        let inflater = try readyInflater()
        var plain: [UInt8] = []
        Self.append(piece, header, at: assembly.frameReceivedBytes, to: &plain)
        var message = assembly.message
        assembly.message = []
        defer { assembly.message = message }
        return plain.withUnsafeBytes {
            inflater?.fault(of: $0, into: &message, limitBytes: limits.maximumMessageBytes)
        }
    }

    private mutating func readyInflater() throws(WebSocketFault) -> Inflater? {
        if let inflater { return inflater }
        guard let deflate else { return nil }
        let takesOver = isServer ? deflate.clientTakesContextOver : deflate.serverTakesContextOver
        inflater = Inflater(takesContextOver: takesOver)
        guard inflater != nil else { throw .tooLarge(what: "a compressed message", limitBytes: 0) }
        return inflater
    }

    private static func append(
        _ piece: UnsafeRawBufferPointer, _ header: FrameHeader, at offset: Int, to target: inout [UInt8]
    ) {
        let start = target.count
        target.append(contentsOf: piece)
        guard let key = header.maskingKey else { return }
        target.withUnsafeMutableBytes {
            key.apply(to: UnsafeMutableRawBufferPointer(rebasing: $0[start...]), offset: offset)
        }
    }

    /// §8.1: text is checked as it arrives.
    private mutating func validateText(from start: Int) throws(WebSocketFault) {
        let isValid = assembly.message.withUnsafeBytes {
            assembly.validator.consume(UnsafeRawBufferPointer(rebasing: $0[start...]))
        }
        guard isValid else { throw .invalidUTF8 }
    }

    private mutating func endFrame(_ header: FrameHeader) throws(WebSocketFault) {
        assembly.frame = nil
        if header.opcode.isControl {
            let payload = assembly.control
            assembly.control = []
            try receiveControl(header.opcode, payload)
        } else if header.isFinal {
            try endMessage()
        }
    }

    private mutating func endMessage() throws(WebSocketFault) {
        let isText = assembly.messageOpcode == .text
        if assembly.isCompressed { try endCompressed(isText: isText) }
        guard !isText || assembly.validator.isAtBoundary else { throw .invalidUTF8 }
        step = .message(isText: isText, .owned(assembly.message))
        assembly.message = []
        assembly.messageOpcode = nil
        assembly.isCompressed = false
        assembly.validator = UTF8Validator()
    }

    private mutating func endCompressed(isText: Bool) throws(WebSocketFault) {
        let start = assembly.message.count
        let fault = try readyInflater()?.endMessage(
            into: &assembly.message, limitBytes: limits.maximumMessageBytes)
        if isText { try validateText(from: start) }
        if let fault { throw fault }
    }

    private mutating func receiveControl(_ opcode: Opcode, _ payload: [UInt8]) throws(WebSocketFault) {
        switch opcode {
        case .ping:
            // §5.5.2: answered with the same payload, unless a Close frame was sent.
            if isOpen { queue(.pong, payload) }
            step = .event(.ping)
        case .pong: step = .event(.pong(payload))
        default: try receiveClose(payload)
        }
    }

    /// §5.5.1 and §7.4: an empty body, or a valid code and a UTF-8 reason; answered with the same code.
    private mutating func receiveClose(_ payload: [UInt8]) throws(WebSocketFault) {
        var code: CloseCode?
        var reason = ""
        if !payload.isEmpty {
            guard payload.count >= 2 else { throw .protocolViolation("a close frame of one byte") }
            let value = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
            guard value.isValidOnWire else { throw .protocolViolation("close code \(value.rawValue)") }
            guard let text = String(validating: payload[2...], as: UTF8.self) else { throw .invalidUTF8 }
            (code, reason) = (value, text)
        }
        queueClose(code)
        phase = .discarding
        step = .event(.closed(code: code, reason: reason))
    }
}
