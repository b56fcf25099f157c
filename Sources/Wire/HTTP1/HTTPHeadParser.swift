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

/// The lines of one whole head (RFC 9112 §2.1). The line ends are checked, the words are not yet.
package struct HTTPHeadLines: Sendable {
    /// Up to the empty line, without it.
    private let bytes: [UInt8]
    /// Where lines end, each in front of its carriage return.
    private let ends: [Int]

    /// - Parameter head: with the empty line at its end.
    /// - Throws: ``HTTPFault/malformedField`` where half a line end stands, or a NUL.
    init(_ head: [UInt8]) throws(HTTPFault) {
        bytes = Array(head.dropLast(4))
        var ends: [Int] = []
        ends.reserveCapacity(16)
        for (index, byte) in head.dropLast(4).enumerated() where byte <= 0x0D {
            switch byte {
            case 0x0D where head[index + 1] == 0x0A: ends.append(index)
            case 0x0A where index > 0 && head[index - 1] == 0x0D: break
            case 0x0D, 0x0A, 0: throw .malformedField
            default: break
            }
        }
        self.ends = ends + [bytes.count]
    }

    /// Each line as it stands, decoded leniently: values are ISO 8859-1 at worst, and never trusted.
    var texts: [String] { (0...fieldCount).map { text(line($0)) } }

    /// The head of a response (RFC 9112 §4).
    package func response() throws(HTTPFault) -> HTTPResponseHead {
        let words = bytes[line(0)].split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, let version = Self.version(words[0]), words[1].count == 3,
            let status = ASCII.decimal(text(words[1].indices)), (100...599).contains(status)
        else { throw .malformedStartLine }
        return HTTPResponseHead(
            status: status, reason: words.count == 3 ? text(words[2].indices) : "", fields: try fields(),
            isHTTP11: version)
    }

    /// The head of a request (RFC 9112 §3).
    package func request() throws(HTTPFault) -> HTTPRequestHead {
        let words = bytes[line(0)].split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, words[0].allSatisfy(ASCII.isTokenCharacter),
            !words[1].isEmpty, let version = Self.version(words[2])
        else { throw .malformedStartLine }
        return HTTPRequestHead(
            method: text(words[0].indices), target: text(words[1].indices), fields: try fields(),
            isHTTP11: version)
    }

    private var fieldCount: Int { ends.count - 1 }

    private func line(_ number: Int) -> Range<Int> {
        number == 0 ? 0..<ends[0] : ends[number - 1] + 2..<ends[number]
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func fields() throws(HTTPFault) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(fieldCount)
        for number in 1..<ends.count {
            let line = line(number)
            var colon = line.lowerBound
            while colon < line.upperBound, ASCII.isTokenCharacter(bytes[colon]) { colon += 1 }
            // RFC 9112 §5.2: obsolete line folding is refused; §5.1: no blank between name and colon.
            guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
                throw .malformedField
            }
            fields.append(text(line.lowerBound..<colon), text(try value(colon + 1..<line.upperBound)))
        }
        return fields
    }

    /// Without the blanks around it.
    private func value(_ range: Range<Int>) throws(HTTPFault) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Self.isBlank(bytes[start]) { start += 1 }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        for byte in bytes[start..<end] where byte < 0x20 && byte != 0x09 || byte == 0x7F {
            throw .malformedField
        }
        return start..<end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether it is HTTP/1.1; nil for anything but HTTP/1.
    private static func version(_ word: ArraySlice<UInt8>) -> Bool? {
        guard word.count == 8, word.starts(with: "HTTP/1.".utf8) else { return nil }
        switch word.last {
        case UInt8(ascii: "1"): return true
        case UInt8(ascii: "0"): return false
        default: return nil
        }
    }
}
