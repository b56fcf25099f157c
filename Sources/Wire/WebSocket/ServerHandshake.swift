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
    func response(to head: HTTPRequestHead) throws(WebSocketFault) -> (HTTPResponseHead, DeflateParameters?) {
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
        return (HTTPResponseHead(status: 101, reason: "Switching Protocols", fields: answer), deflate)
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
