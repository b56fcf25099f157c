/// Parses one response after another, or one request after another, out of a byte stream.
///
/// `consume` returns a message once it is whole and leaves what follows for the next call. Do not use the
/// parser after it has thrown.
package struct HTTPMessageParser<Head: Sendable>: Sendable {
    private var headParser: HTTPHeadParser
    /// Of the message whose body is still coming.
    package private(set) var head: Head?
    private var decoder: HTTPBodyDecoder?
    private let maximumHeadBytes: Int
    private let maximumBodyBytes: Int
    private let parse: @Sendable (HTTPHeadLines) throws(HTTPFault) -> Head?
    private let framing: @Sendable (Head) throws(HTTPFault) -> HTTPBodyDecoder.Framing

    private init(
        maximumHeadBytes: Int, maximumBodyBytes: Int,
        parse: @escaping @Sendable (HTTPHeadLines) throws(HTTPFault) -> Head?,
        framing: @escaping @Sendable (Head) throws(HTTPFault) -> HTTPBodyDecoder.Framing
    ) {
        headParser = HTTPHeadParser(maximumHeadBytes: maximumHeadBytes)
        self.maximumHeadBytes = maximumHeadBytes
        self.maximumBodyBytes = maximumBodyBytes
        self.parse = parse
        self.framing = framing
    }

    /// True between messages: no byte of the next one has arrived.
    package var isIdle: Bool { head == nil && headParser.isEmpty }

    package mutating func consume(
        _ input: inout UnsafeRawBufferPointer
    ) throws(HTTPFault) -> (head: Head, body: [UInt8])? {
        while head == nil {
            guard let lines = try headParser.consume(&input) else { return nil }
            guard let parsed = try parse(lines) else { continue }  // 1xx: interim, the final one follows
            head = parsed
            decoder = try HTTPBodyDecoder(try framing(parsed), maximumBodyBytes: maximumBodyBytes)
        }
        try decoder?.consume(&input)
        return finished()
    }

    /// What has come of the body since the last call; the message that ``consume(_:)`` returns is without it.
    package mutating func takeBody() -> [UInt8] { decoder?.takeBody() ?? [] }

    /// The connection ended. Returns a message whose body ends with the connection.
    /// - Throws: ``HTTPFault/cutShort`` inside a message.
    package mutating func consumeEnd() throws(HTTPFault) -> (head: Head, body: [UInt8])? {
        if isIdle { return nil }
        guard decoder != nil else { throw .cutShort }
        try decoder?.consumeEnd()
        return finished()
    }

    private mutating func finished() -> (head: Head, body: [UInt8])? {
        guard let whole = head, let decoder, decoder.isComplete else { return nil }
        head = nil
        self.decoder = nil
        headParser = HTTPHeadParser(maximumHeadBytes: maximumHeadBytes)
        return (whole, decoder.body)
    }
}

extension HTTPMessageParser where Head == HTTPResponseHead {
    /// A parser of responses to requests with `method`. Interim 1xx responses are skipped, except 101.
    package static func responses(
        to method: String, maximumHeadBytes: Int = 16 * 1024, maximumBodyBytes: Int
    ) -> Self {
        Self(
            maximumHeadBytes: maximumHeadBytes, maximumBodyBytes: maximumBodyBytes,
            parse: { lines throws(HTTPFault) in
                let head = try lines.response()
                return head.status < 200 && head.status != 101 ? nil : head
            },
            framing: { head throws(HTTPFault) in
                // RFC 9112 §6.3 rule 1: these never have a body.
                if method == "HEAD" || head.status == 204 || head.status == 304 || head.status == 101 {
                    return .length(0)
                }
                return try HTTPBodyDecoder.Framing(fields: head.fields) ?? .untilEnd
            })
    }
}

extension HTTPMessageParser where Head == HTTPRequestHead {
    package static func requests(maximumHeadBytes: Int = 16 * 1024, maximumBodyBytes: Int) -> Self {
        Self(
            maximumHeadBytes: maximumHeadBytes, maximumBodyBytes: maximumBodyBytes,
            parse: { lines throws(HTTPFault) in try lines.request() },
            framing: { head throws(HTTPFault) in
                try HTTPBodyDecoder.Framing(fields: head.fields) ?? .length(0)
            })
    }
}

extension HTTPBodyDecoder.Framing {
    /// The framing that the fields announce, or nil when they announce none (RFC 9112 §6.3).
    init?(fields: HTTPFields) throws(HTTPFault) {
        let codings = fields.listMembers("Transfer-Encoding")
        let lengths = fields.listMembers("Content-Length")
        if fields["Transfer-Encoding"] != nil {
            guard fields["Content-Length"] == nil else { throw .ambiguousLength }
            guard codings.count == 1, ASCII.equalsIgnoringCase(codings[0], "chunked") else {
                throw .unsupportedTransferCoding
            }
            self = .chunked
        } else if let length = lengths.first {
            guard lengths.allSatisfy({ $0 == length }), let count = ASCII.decimal(length) else {
                throw .ambiguousLength
            }
            self = .length(count)
        } else if fields["Content-Length"] != nil {
            throw .ambiguousLength
        } else {
            return nil
        }
    }
}

/// Why bytes are not HTTP/1.1 as this client accepts it. Every case ends the connection.
package enum HTTPFault: Error, Equatable, Sendable {
    case headTooLarge(limitBytes: Int)
    case malformedStartLine
    case malformedField
    /// Content-Length that is not a number, differs between entries, or stands beside Transfer-Encoding (RFC
    /// 9112 §6.3).
    case ambiguousLength
    case unsupportedTransferCoding
    case malformedChunk
    case bodyTooLarge(limitBytes: Int)
    /// The connection ended inside a head or before the announced end of a body.
    case cutShort

    package var summary: String {
        switch self {
        case .headTooLarge(let limit): "the head is larger than \(limit) bytes"
        case .malformedStartLine: "the first line is not HTTP/1.1"
        case .malformedField: "a header field is malformed"
        case .ambiguousLength: "the body's length is ambiguous"
        case .unsupportedTransferCoding: "the transfer coding is not chunked"
        case .malformedChunk: "a chunk is malformed"
        case .bodyTooLarge(let limit): "the body is larger than \(limit) bytes"
        case .cutShort: "the connection ended in the middle"
        }
    }
}
