/// Collects the bytes of one HTTP/1.1 head and parses it strictly (RFC 9112 §2-§5).
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
    package mutating func consume(_ input: inout UnsafeRawBufferPointer) throws(HTTPFault) -> [Substring]? {
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
    private mutating func takeWhole(_ input: inout UnsafeRawBufferPointer) throws(HTTPFault) -> [Substring]? {
        guard bytes.isEmpty, let first = input.first, first != 0x0D, first != 0x0A else { return nil }
        var end = 4
        while end <= min(input.count, maximumHeadBytes) {
            if input[end - 1] == 0x0A, input[end - 2] == 0x0D, input[end - 3] == 0x0A, input[end - 4] == 0x0D
            {
                bytes = Array(input[..<end])
                input = UnsafeRawBufferPointer(rebasing: input[end...])
                return try lines()
            }
            end += 1
        }
        return nil
    }

    private mutating func lines() throws(HTTPFault) -> [Substring] {
        defer { bytes.removeAll() }
        let content = bytes.dropLast(4)
        for (index, byte) in content.enumerated() {
            // A line end is both of its bytes, and neither stands anywhere else.
            switch byte {
            case 0x0A where index == 0 || bytes[index - 1] != 0x0D: throw .malformedField
            case 0x0D where bytes[index + 1] != 0x0A: throw .malformedField
            case 0: throw .malformedField
            default: break
            }
        }
        // Field values are ISO 8859-1 at worst; bytes above ASCII are decoded leniently, never trusted. All at once: a
        // text of its own for each line would be as many allocations.
        let text = Substring(String(decoding: content, as: UTF8.self))
        return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            Substring(line.last == 0x0D ? line.dropLast() : line)
        }
    }

    /// Parses the field lines after the start line.
    package static func fields(_ lines: ArraySlice<Substring>) throws(HTTPFault) -> HTTPFields {
        var fields = HTTPFields()
        for line in lines {
            // RFC 9112 §5.2: obsolete line folding is refused; §5.1: no blank between name and colon.
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
                throw .malformedField
            }
            let name = line[..<colon]
            guard name.utf8.allSatisfy(ASCII.isTokenCharacter) else { throw .malformedField }
            let value = ASCII.trimmed(line[line.utf8.index(after: colon)...])
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .malformedField
            }
            fields.append(String(name), String(value))
        }
        return fields
    }

    /// The head of a response from its lines.
    package static func response(_ lines: [Substring]) throws(HTTPFault) -> HTTPResponseHead {
        let start = lines.first ?? ""
        let parts = start.utf8.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let version = version(Substring(parts[0])), parts[1].count == 3,
            let status = ASCII.decimal(Substring(parts[1])), (100...599).contains(status)
        else { throw .malformedStartLine }
        return HTTPResponseHead(
            status: status, reason: parts.count == 3 ? String(Substring(parts[2])) : "",
            fields: try fields(lines.dropFirst()), isHTTP11: version)
    }

    /// The head of a request from its lines.
    package static func request(_ lines: [Substring]) throws(HTTPFault) -> HTTPRequestHead {
        let parts = (lines.first ?? "").utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(ASCII.isTokenCharacter),
            !parts[1].isEmpty, let version = version(Substring(parts[2]))
        else { throw .malformedStartLine }
        return HTTPRequestHead(
            method: String(Substring(parts[0])), target: String(Substring(parts[1])),
            fields: try fields(lines.dropFirst()), isHTTP11: version)
    }

    private static func version(_ text: Substring) -> Bool? {
        switch text {
        case "HTTP/1.1": true
        case "HTTP/1.0": false
        default: nil
        }
    }
}
