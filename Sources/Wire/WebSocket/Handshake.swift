/// The client's half of the opening handshake (RFC 6455 §4.1).
package struct ClientHandshake: Sendable {
    /// SHA-1, given from outside (RFC 3174): this target has no cryptography of its own.
    package typealias SHA1 = @Sendable ([UInt8]) -> [UInt8]

    package let requestHead: HTTPRequestHead
    private let expectedAccept: String
    private let offeredSubprotocols: [String]
    private let offersDeflate: Bool

    /// - Parameters:
    ///   - host: the Host field: name, with port unless it is the scheme's default.
    ///   - nonce: 16 unpredictable bytes (§4.1 item 7).
    ///   - offersDeflate: permessage-deflate (RFC 7692).
    ///   - fields: more fields of the request, such as Origin.
    package init(
        host: String, target: String, nonce: [UInt8], subprotocols: [String] = [],
        offersDeflate: Bool = false, fields: HTTPFields = HTTPFields(), sha1: SHA1
    ) {
        let key = Base64.encode(nonce)
        var all = HTTPFields([
            ("Host", host), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Key", key), ("Sec-WebSocket-Version", "13"),
        ])
        if !subprotocols.isEmpty {
            all.append("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
        }
        if offersDeflate { all.append("Sec-WebSocket-Extensions", DeflateParameters.offer) }
        for entry in fields.entries { all.append(entry.name, entry.value) }
        requestHead = HTTPRequestHead(method: "GET", target: target, fields: all)
        expectedAccept = Self.accept(key: key, sha1: sha1)
        offeredSubprotocols = subprotocols
        self.offersDeflate = offersDeflate
    }

    /// §4.2.2 item 5.4: base64(SHA-1(key + GUID)).
    static func accept(key: String, sha1: SHA1) -> String {
        Base64.encode(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    /// Checks the server's answer by every rule of §4.1.
    /// - Returns: the parameters of permessage-deflate, when the server takes it, and the subprotocol that it chose.
    /// - Throws: ``WebSocketFault/refused(status:retryAfterSeconds:)``, ``WebSocketFault/redirected(status:location:)`` or
    ///   ``WebSocketFault/handshake(_:)``.
    func agreement(_ head: HTTPResponseHead) throws(WebSocketFault) -> OpeningHandshake.Agreement {
        guard head.status == 101 else {
            if [301, 302, 303, 307, 308].contains(head.status), let location = head.fields["Location"] {
                throw .redirected(status: head.status, location: location)
            }
            let retryAfter = head.fields["Retry-After"].flatMap { ASCII.decimal($0) }
            throw .refused(status: head.status, retryAfterSeconds: retryAfter)
        }
        guard let upgrade = head.fields["Upgrade"], ASCII.equalsIgnoringCase(upgrade, "websocket") else {
            throw .handshake("no Upgrade: websocket")
        }
        guard head.fields.hasToken("Upgrade", in: "Connection") else {
            throw .handshake("no Connection: Upgrade")
        }
        let accepts = head.fields.values("Sec-WebSocket-Accept")
        guard accepts == [expectedAccept] else { throw .handshake("wrong Sec-WebSocket-Accept") }
        // §4.1 items 5 and 6: nothing may be accepted that was not offered.
        let deflate = try DeflateParameters(acceptedIn: head.fields)
        guard deflate == nil || offersDeflate else { throw .handshake("an extension that was not offered") }
        let chosen = head.fields.values("Sec-WebSocket-Protocol")
        guard chosen.count <= 1, chosen.allSatisfy(offeredSubprotocols.contains) else {
            throw .handshake("a subprotocol that was not offered")
        }
        return OpeningHandshake.Agreement(deflate: deflate, subprotocol: chosen.first)
    }
}

/// The server's half of the opening handshake (RFC 6455 §4.2).
package struct ServerHandshake: Sendable {
    private let sha1: ClientHandshake.SHA1
    private let acceptsDeflate: Bool

    /// - Parameter acceptsDeflate: whether permessage-deflate is taken when it is offered (RFC 7692).
    package init(acceptsDeflate: Bool = false, sha1: @escaping ClientHandshake.SHA1) {
        (self.sha1, self.acceptsDeflate) = (sha1, acceptsDeflate)
    }

    /// The 101 answer to a valid request, and the parameters of permessage-deflate in it.
    /// - Throws: ``WebSocketFault/handshake(_:)`` naming the rule that the request breaks.
    func agreement(_ head: HTTPRequestHead) throws(WebSocketFault) -> OpeningHandshake.Agreement {
        let fields = head.fields
        guard head.method == "GET" else { throw .handshake("the method is not GET") }
        guard head.isHTTP11 else { throw .handshake("the version is not HTTP/1.1") }
        guard fields.values("Host").count == 1 else { throw .handshake("no Host") }
        guard fields.hasToken("websocket", in: "Upgrade") else { throw .handshake("no Upgrade: websocket") }
        guard fields.hasToken("Upgrade", in: "Connection") else { throw .handshake("no Connection: Upgrade") }
        guard fields["Sec-WebSocket-Version"] == "13" else { throw .handshake("the version is not 13") }
        let keys = fields.values("Sec-WebSocket-Key")
        guard keys.count == 1, Base64.isNonce(keys[0]) else {
            throw .handshake("no Sec-WebSocket-Key of 16 bytes")
        }
        var answer = HTTPFields([
            ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", ClientHandshake.accept(key: keys[0], sha1: sha1)),
        ])
        let deflate = acceptsDeflate ? DeflateParameters(offeredIn: fields) : nil
        if let deflate { answer.append("Sec-WebSocket-Extensions", deflate.answer) }
        let response = HTTPResponseHead(status: 101, reason: "Switching Protocols", fields: answer)
        return OpeningHandshake.Agreement(answer: response.serialized(), deflate: deflate)
    }

    /// §4.2.2: what a refused client is told.
    static var refusal: HTTPResponseHead {
        HTTPResponseHead(
            status: 400, reason: "Bad Request",
            fields: HTTPFields([
                ("Connection", "close"), ("Content-Length", "0"), ("Sec-WebSocket-Version", "13"),
            ]))
    }
}

/// RFC 4648 §4, for the handshake's keys only: encoding, and the length check of a 16-byte nonce.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    package static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = bytes[start..<min(start + 3, bytes.count)]
            let value = chunk.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
            for position in 0..<4 {
                output.append(position <= chunk.count ? alphabet[value >> (18 - 6 * position) & 63] : 0x3D)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether `text` is base64 of exactly 16 bytes (RFC 6455 §4.2.1 item 5).
    static func isNonce(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 24 && bytes.suffix(2) == [0x3D, 0x3D]
            && bytes.dropLast(2).allSatisfy(alphabet.contains)
    }
}

/// The opening handshake as it comes, for either role.
struct OpeningHandshake {
    /// What it came to.
    struct Agreement {
        /// What is to be written; empty for a client.
        var answer: [UInt8] = []
        var deflate: DeflateParameters?
        var subprotocol: String?
    }

    private let role: WebSocketMachine.Role
    private let maximumHeadBytes: Int
    private var parser: HTTPHeadParser

    init(role: WebSocketMachine.Role, maximumHeadBytes: Int) {
        (self.role, self.maximumHeadBytes) = (role, maximumHeadBytes)
        parser = HTTPHeadParser(maximumHeadBytes: maximumHeadBytes)
    }

    /// Takes the peer's half from the front of `input`. Interim responses before the answer are skipped.
    /// - Returns: nil while more bytes are needed.
    mutating func next(_ input: inout UnsafeRawBufferPointer) throws(WebSocketFault) -> Agreement? {
        switch role {
        case .client(let handshake):
            while let head = try takeHead(&input, { (lines) throws(HTTPFault) in try lines.response() }) {
                if head.status >= 200 || head.status == 101 { return try handshake.agreement(head) }
                parser = HTTPHeadParser(maximumHeadBytes: maximumHeadBytes)
            }
            return nil
        case .server(let handshake):
            let head = try takeHead(&input) { (lines) throws(HTTPFault) in try lines.request() }
            return try head.map { (head) throws(WebSocketFault) in try handshake.agreement(head) }
        }
    }

    /// What is wrong with the HTTP of a handshake is wrong with the handshake.
    private mutating func takeHead<Head>(
        _ input: inout UnsafeRawBufferPointer, _ read: (HTTPHeadLines) throws(HTTPFault) -> Head
    ) throws(WebSocketFault) -> Head? {
        do throws(HTTPFault) {
            guard let lines = try parser.consume(&input) else { return nil }
            return try read(lines)
        } catch {
            throw .handshake(error.summary)
        }
    }
}
