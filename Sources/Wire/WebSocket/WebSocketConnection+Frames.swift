extension WebSocketConnection {
    /// Takes frames from the front of `input`.
    /// - Returns: false when a data frame is next and data is held back; the input then begins with that
    ///   frame.
    mutating func receiveFrames(_ input: inout UnsafeRawBufferPointer, holdsData: Bool) -> Bool {
        while !input.isEmpty, !isFinished {
            do {
                if assembly.frame == nil {
                    guard try receiveHeader(&input, holdsData: holdsData) else { return false }
                }
                if assembly.frame != nil { try receivePayload(&input) }
            } catch {
                fail(error)
            }
        }
        return true
    }

    /// Collects a header; false when it belongs to data that is held back (its bytes are back in `input`).
    private mutating func receiveHeader(
        _ input: inout UnsafeRawBufferPointer, holdsData: Bool
    ) throws(WebSocketFault) -> Bool {
        // A first byte without the control bit begins a data frame. Later bytes of a header come only after
        // its first was let through.
        if holdsData, assembly.headerBytes.isEmpty, input[0] & 0x08 == 0 { return false }
        while let byte = input.first {
            assembly.headerBytes.append(byte)
            input = UnsafeRawBufferPointer(rebasing: input[1...])
            let bytes = assembly.headerBytes
            guard bytes.count >= 2, bytes.count == FrameHeader.byteCount(bytes[0], bytes[1]) else { continue }
            let header = try FrameHeader(parsing: bytes[...])
            assembly.headerBytes.removeAll(keepingCapacity: true)
            try begin(header)
            break
        }
        return true
    }

    private mutating func begin(_ header: FrameHeader) throws(WebSocketFault) {
        // §5.2: reserved bits have no meaning until an extension gives them one.
        guard header.reserved == 0 else { throw .protocolViolation("reserved bits are set") }
        // §5.1: a client masks every frame, a server none.
        guard (header.maskingKey != nil) == isServer else {
            throw .protocolViolation(isServer ? "a frame without mask" : "a masked frame from the server")
        }
        if !header.opcode.isControl {
            try beginData(header)
        }
        assembly.frame = header
        assembly.frameReceivedBytes = 0
        if header.payloadBytes == 0 { try endFrame(header) }
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
        }
        guard header.payloadBytes <= limits.maximumFrameBytes else {
            throw .tooLarge(what: "a frame", limitBytes: limits.maximumFrameBytes)
        }
        guard header.payloadBytes <= limits.maximumMessageBytes - assembly.message.count else {
            throw .tooLarge(what: "a message", limitBytes: limits.maximumMessageBytes)
        }
    }

    private mutating func receivePayload(_ input: inout UnsafeRawBufferPointer) throws(WebSocketFault) {
        guard let header = assembly.frame else { return }
        let count = min(header.payloadBytes - assembly.frameReceivedBytes, input.count)
        let piece = UnsafeRawBufferPointer(rebasing: input[..<count])
        input = UnsafeRawBufferPointer(rebasing: input[count...])
        if header.opcode.isControl {
            Self.append(piece, header, at: assembly.frameReceivedBytes, to: &assembly.control)
        } else {
            let start = assembly.message.count
            Self.append(piece, header, at: assembly.frameReceivedBytes, to: &assembly.message)
            if assembly.messageOpcode == .text { try validateText(from: start) }
        }
        assembly.frameReceivedBytes += count
        if assembly.frameReceivedBytes == header.payloadBytes { try endFrame(header) }
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
        let bytes = assembly.message
        let isText = assembly.messageOpcode == .text
        guard !isText || assembly.validator.isAtBoundary else { throw .invalidUTF8 }
        assembly.message = []
        assembly.messageOpcode = nil
        assembly.validator = UTF8Validator()
        events.append(.message(isText ? .text(bytes) : .binary(bytes)))
    }

    private mutating func receiveControl(_ opcode: Opcode, _ payload: [UInt8]) throws(WebSocketFault) {
        switch opcode {
        case .ping:
            // §5.5.2: answered with the same payload, unless a Close frame was sent.
            if isOpen { queue(.pong, payload) }
            events.append(.ping)
        case .pong: events.append(.pong(payload))
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
        events.append(.closed(code: code, reason: reason))
    }
}
