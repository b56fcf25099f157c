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
    /// - Returns: the parameters of permessage-deflate, when the server takes it.
    /// - Throws: ``WebSocketFault/refused(status:retryAfterSeconds:)``, ``WebSocketFault/redirected(status:location:)`` or
    ///   ``WebSocketFault/handshake(_:)``.
    func validate(_ head: HTTPResponseHead) throws(WebSocketFault) -> DeflateParameters? {
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
        return deflate
    }
}
