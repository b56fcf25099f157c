import Testing

@testable import Wire

/// The masking key of the RFC's examples (§5.7).
let exampleKey = MaskingKey(0x37, 0xFA, 0x21, 0x3D)

/// RFC 6455 §1.3: the nonce whose key is `dGhlIHNhbXBsZSBub25jZQ==`.
let exampleNonce = utf8("the sample nonce")

let acceptingHead = """
    HTTP/1.1 101 Switching Protocols\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
    \r

    """

extension RecordedMachine {
    /// A client whose request is still to be written.
    static func newClient(
        limits: WebSocketLimits = WebSocketLimits(), subprotocols: [String] = [],
        makeMaskingKey: @escaping @Sendable () -> MaskingKey = { exampleKey }
    ) -> RecordedMachine {
        let handshake = ClientHandshake(
            host: "server.example.com", target: "/chat", nonce: exampleNonce, subprotocols: subprotocols,
            sha1: SHA1.hash)
        return RecordedMachine(role: .client(handshake), limits: limits, makeMaskingKey: makeMaskingKey)
    }

    static func newServer(limits: WebSocketLimits = WebSocketLimits()) -> RecordedMachine {
        RecordedMachine(role: .server(ServerHandshake(sha1: SHA1.hash)), limits: limits)
    }

    /// A client after the handshake, with nothing left to write or to report.
    static func openClient(
        limits: WebSocketLimits = WebSocketLimits(),
        makeMaskingKey: @escaping @Sendable () -> MaskingKey = { exampleKey }
    ) -> RecordedMachine {
        let client = newClient(limits: limits, makeMaskingKey: makeMaskingKey)
        client.receive(utf8(acceptingHead))
        _ = (client.takeOutgoing(), client.takeEvents())
        return client
    }

    /// A server after the handshake, with nothing left to write or to report.
    static func openServer(limits: WebSocketLimits = WebSocketLimits()) -> RecordedMachine {
        let client = newClient()
        let server = newServer(limits: limits)
        server.receive(client.takeOutgoing())
        _ = (server.takeOutgoing(), server.takeEvents())
        return server
    }

    /// Feeds the bytes and hands back what happened.
    func events(after bytes: [UInt8]) -> [RecordedMachine.Event] {
        receive(bytes)
        return takeEvents()
    }

    func sentFrames() throws -> [SentFrame] { try SentFrame.all(in: takeOutgoing()) }

    /// Expects that `bytes` fail the connection: cause kept, Close frame with `code` queued.
    func expectFailure(
        on bytes: [UInt8], with code: CloseCode, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        receive(bytes)
        let cause = try #require(fault, sourceLocation: sourceLocation)
        #expect(takeEvents().last == .failed(cause), sourceLocation: sourceLocation)
        #expect(cause.closeCode == code, sourceLocation: sourceLocation)
        #expect(isFinished && !isOpen, sourceLocation: sourceLocation)
        let frame = try #require(try sentFrames().last, sourceLocation: sourceLocation)
        #expect(frame.opcode == .close, sourceLocation: sourceLocation)
        #expect(
            frame.payload == SentFrame.closeBody(code.rawValue, cause.summary), sourceLocation: sourceLocation
        )
    }
}
