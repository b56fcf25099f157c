extension WebSocketConnection {
    mutating func receiveHandshake(_ input: inout UnsafeRawBufferPointer) {
        guard case .handshake(var parser) = phase else { return }
        do {
            let lines = try parser.consume(&input)
            phase = .handshake(parser)
            guard let lines else { return }
            switch role {
            case .client(let handshake): try finish(handshake, lines)
            case .server(let handshake): try answer(handshake, lines)
            }
        } catch let fault as HTTPFault {
            refuse(.handshake(fault.summary))
        } catch let fault as WebSocketFault {
            refuse(fault)
        } catch {
            refuse(.handshake("\(error)"))
        }
    }

    private mutating func finish(_ handshake: ClientHandshake, _ lines: [Substring]) throws {
        let head = try HTTPHeadParser.response(lines)
        if head.status < 200, head.status != 101 {
            phase = .handshake(HTTPHeadParser(maximumHeadBytes: limits.maximumHeadBytes))
            return
        }
        try handshake.validate(head)
        phase = .open
        events.append(.opened)
    }

    private mutating func answer(_ handshake: ServerHandshake, _ lines: [Substring]) throws {
        outgoing += try handshake.response(to: HTTPHeadParser.request(lines)).serialized()
        phase = .open
        events.append(.opened)
    }

    private mutating func refuse(_ fault: WebSocketFault) {
        if isServer { outgoing += ServerHandshake.refusal(fault).serialized() }
        fail(fault)
    }
}
