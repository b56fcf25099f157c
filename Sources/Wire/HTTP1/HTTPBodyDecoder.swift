/// Takes a message body out of the byte stream: by length, chunked, or until the end (RFC 9112 §6, §7).
package struct HTTPBodyDecoder: Sendable {
    package enum Framing: Equatable, Sendable {
        case length(Int)
        case chunked
        /// The body ends with the connection (responses only).
        case untilEnd
    }

    private enum Phase {
        case length(remaining: Int)
        case untilEnd
        case chunkSize(digits: Int, value: Int, inExtension: Bool, sawCR: Bool)
        case chunkData(remaining: Int)
        case chunkEnd(sawCR: Bool)
        case trailer(lineBytes: Int, totalBytes: Int, sawCR: Bool)
        case done
    }

    private var phase: Phase
    private let maximumBodyBytes: Int
    private static let maximumTrailerBytes = 8 * 1024
    /// What was decoded and not taken by ``takeBody()``.
    package private(set) var body: [UInt8] = []
    private var decodedBytes = 0

    /// - Parameter maximumBodyBytes: the decoded body, in bytes.
    /// - Throws: `bodyTooLarge` at once when the announced length is over the limit.
    package init(_ framing: Framing, maximumBodyBytes: Int) throws(HTTPFault) {
        self.maximumBodyBytes = maximumBodyBytes
        switch framing {
        case .length(let count):
            guard count <= maximumBodyBytes else { throw .bodyTooLarge(limitBytes: maximumBodyBytes) }
            phase = count == 0 ? .done : .length(remaining: count)
            body.reserveCapacity(min(count, 64 * 1024))
        case .chunked: phase = .chunkSize(digits: 0, value: 0, inExtension: false, sawCR: false)
        case .untilEnd: phase = .untilEnd
        }
    }

    package var isComplete: Bool { if case .done = phase { true } else { false } }

    /// Takes what belongs to the body from the front of `input`; the rest stays there once ``isComplete``.
    package mutating func consume(_ input: inout UnsafeRawBufferPointer) throws(HTTPFault) {
        while !input.isEmpty, !isComplete {
            switch phase {
            case .length(let remaining):
                let taken = try take(remaining, from: &input)
                phase = taken == remaining ? .done : .length(remaining: remaining - taken)
            case .untilEnd:
                _ = try take(input.count, from: &input)
            case .chunkData(let remaining):
                let taken = try take(remaining, from: &input)
                phase =
                    taken == remaining ? .chunkEnd(sawCR: false) : .chunkData(remaining: remaining - taken)
            default:
                let byte = input[0]
                input = UnsafeRawBufferPointer(rebasing: input[1...])
                try advance(byte)
            }
        }
    }

    /// What has been decoded since the last call, for bodies that are read as they come.
    package mutating func takeBody() -> [UInt8] {
        defer { body = [] }
        return body
    }

    /// The connection ended: fine only where the end is the length.
    package mutating func consumeEnd() throws(HTTPFault) {
        switch phase {
        case .untilEnd, .done: phase = .done
        default: throw .cutShort
        }
    }

    private mutating func take(_ count: Int, from input: inout UnsafeRawBufferPointer) throws(HTTPFault)
        -> Int
    {
        let taken = min(count, input.count)
        guard decodedBytes + taken <= maximumBodyBytes else {
            throw .bodyTooLarge(limitBytes: maximumBodyBytes)
        }
        body.append(contentsOf: input[..<taken])
        decodedBytes += taken
        input = UnsafeRawBufferPointer(rebasing: input[taken...])
        return taken
    }

    /// One byte of chunk framing: size line, the line end after the data, or the trailer (RFC 9112 §7.1).
    private mutating func advance(_ byte: UInt8) throws(HTTPFault) {
        switch phase {
        case .chunkSize(let digits, let value, let inExtension, let sawCR):
            try advanceSize(byte, digits: digits, value: value, inExtension: inExtension, sawCR: sawCR)
        case .chunkEnd(let sawCR):
            guard byte == (sawCR ? 0x0A : 0x0D) else { throw .malformedChunk }
            phase =
                sawCR
                ? .chunkSize(digits: 0, value: 0, inExtension: false, sawCR: false) : .chunkEnd(sawCR: true)
        case .trailer(let lineBytes, let totalBytes, let sawCR):
            guard totalBytes < Self.maximumTrailerBytes, sawCR == (byte == 0x0A) else {
                throw .malformedChunk
            }
            if sawCR {
                phase =
                    lineBytes == 0 ? .done : .trailer(lineBytes: 0, totalBytes: totalBytes + 1, sawCR: false)
            } else {
                let isEnd = byte == 0x0D
                phase = .trailer(
                    lineBytes: lineBytes + (isEnd ? 0 : 1), totalBytes: totalBytes + 1, sawCR: isEnd)
            }
        default: break
        }
    }

    private mutating func advanceSize(
        _ byte: UInt8, digits: Int, value: Int, inExtension: Bool, sawCR: Bool
    ) throws(HTTPFault) {
        if sawCR {
            guard byte == 0x0A, digits > 0 else { throw .malformedChunk }
            guard value <= maximumBodyBytes - decodedBytes else {
                throw .bodyTooLarge(limitBytes: maximumBodyBytes)
            }
            phase =
                value == 0
                ? .trailer(lineBytes: 0, totalBytes: 0, sawCR: false) : .chunkData(remaining: value)
        } else if byte == 0x0D {
            phase = .chunkSize(digits: digits, value: value, inExtension: inExtension, sawCR: true)
        } else if inExtension || byte == 0x3B || byte == 0x20 || byte == 0x09 {
            // Extensions are skipped, but bounded: `digits` counts on.
            guard digits > 0, digits < 1024, byte != 0x0A else { throw .malformedChunk }
            phase = .chunkSize(digits: digits + 1, value: value, inExtension: true, sawCR: false)
        } else {
            guard let digit = ASCII.hexValue(byte), digits < 15 else { throw .malformedChunk }
            phase = .chunkSize(
                digits: digits + 1, value: value * 16 + digit, inExtension: false, sawCR: false)
        }
    }
}
