extension WebSocketConnection {
    mutating func receiveHandshake(_ input: inout UnsafeRawBufferPointer) {
        guard case .handshake(var parser) = phase else { return }
        do {
            let lines = try Self.asHandshake { () throws(HTTPFault) in try parser.consume(&input) }
            phase = .handshake(parser)
            guard let lines else { return }
            switch role {
            case .client(let handshake): try finish(handshake, lines)
            case .server(let handshake): try answer(handshake, lines)
            }
        } catch {
            if isServer { outgoing += ServerHandshake.refusal.serialized() }
            fail(error)
        }
    }

    private mutating func finish(_ handshake: ClientHandshake, _ lines: HTTPHeadLines) throws(WebSocketFault)
    {
        let head = try Self.asHandshake { () throws(HTTPFault) in try lines.response() }
        if head.status < 200, head.status != 101 {
            phase = .handshake(HTTPHeadParser(maximumHeadBytes: limits.maximumHeadBytes))
            return
        }
        deflate = try handshake.validate(head)
        phase = .open
        step = .event(.opened)
    }

    private mutating func answer(_ handshake: ServerHandshake, _ lines: HTTPHeadLines) throws(WebSocketFault)
    {
        let head = try Self.asHandshake { () throws(HTTPFault) in try lines.request() }
        let (answer, deflate) = try handshake.response(to: head)
        outgoing += answer.serialized()
        self.deflate = deflate
        phase = .open
        step = .event(.opened)
    }

    /// What is wrong with the HTTP of a handshake is wrong with the handshake.
    private static func asHandshake<Value>(_ parse: () throws(HTTPFault) -> Value) throws(WebSocketFault)
        -> Value
    {
        do { return try parse() } catch { throw .handshake(error.summary) }
    }
}
