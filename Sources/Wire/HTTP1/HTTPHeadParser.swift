/// Collects the bytes of one HTTP/1.1 head (RFC 9112 §2.1).
///
/// Feed bytes with ``consume(_:)`` until it returns the head; what follows the empty line stays unconsumed.
package struct HTTPHeadParser: Sendable {
    private var bytes: [UInt8] = []
    private var skipped = 0
    private let maximumHeadBytes: Int

    /// - Parameter maximumHeadBytes: start line and fields together, in bytes (default 16 KiB).
    package init(maximumHeadBytes: Int = 16 * 1024) {
        self.maximumHeadBytes = maximumHeadBytes
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// Takes bytes up to and including the empty line from the front of `input`.
    /// - Returns: the head's lines once it is whole, nil while more bytes are needed.
    /// - Throws: ``HTTPFault/headTooLarge(limitBytes:)``.
    package mutating func consume(_ input: inout UnsafeRawBufferPointer) throws(HTTPFault) -> HTTPHeadLines? {
        if let whole = try takeWhole(&input) { return whole }
        var taken = 0
        while taken < input.count {
            let byte = input[taken]
            taken += 1
            if bytes.isEmpty, byte == 0x0D || byte == 0x0A {
                // RFC 9112 §2.2: empty lines before a head are passed over, but not without end.
                skipped += 1
                if skipped > 64 { throw .malformedStartLine }
                continue
            }
            bytes.append(byte)
            if byte == 0x0A, bytes.suffix(4).elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]) {
                input = UnsafeRawBufferPointer(rebasing: input[taken...])
                return try lines()
            }
            if bytes.count >= maximumHeadBytes { throw .headTooLarge(limitBytes: maximumHeadBytes) }
        }
        input = UnsafeRawBufferPointer(rebasing: input[taken...])
        return nil
    }

    /// A head that has come in one piece, as most do.
    private mutating func takeWhole(_ input: inout UnsafeRawBufferPointer) throws(HTTPFault) -> HTTPHeadLines?
    {
        guard bytes.isEmpty, let first = input.first, first != 0x0D, first != 0x0A else { return nil }
        var end = 4
        while end <= min(input.count, maximumHeadBytes) {
            if input[end - 1] == 0x0A, input[end - 2] == 0x0D, input[end - 3] == 0x0A, input[end - 4] == 0x0D
            {
                let head = Array(input[..<end])
                input = UnsafeRawBufferPointer(rebasing: input[end...])
                return try HTTPHeadLines(head)
            }
            end += 1
        }
        return nil
    }

    private mutating func lines() throws(HTTPFault) -> HTTPHeadLines {
        defer { bytes.removeAll() }
        return try HTTPHeadLines(bytes)
    }
}
