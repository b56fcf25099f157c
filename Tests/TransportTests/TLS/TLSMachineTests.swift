import Testing

@testable import Transport

@Suite("The TLS engine without a socket")
struct TLSMachineTests {
    private func pair(names: [String] = ["localhost"], host: String = "localhost", days: Int = 2) throws -> (
        TLSMachine, TLSMachine
    ) {
        let identity = try SelfSignedIdentity(names: names, validDays: days)
        let client = try TLSContext(trusting: .certificates(pem: identity.certificatePEM))
        return (
            try TLSMachine(context: client, role: .client(host: host)),
            try TLSMachine(context: TLSContext(identity: identity), role: .server)
        )
    }

    /// Carries ciphertext between the two, `step` bytes at a time, until both are done or one fails.
    private func shakeHands(_ client: TLSMachine, _ server: TLSMachine, step: Int) -> TLSMachine.Outcome {
        for _ in 0..<20 {
            let outcome = client.handshake()
            carry(from: client, to: server, step: step)
            if case .failed = outcome { return outcome }
            let other = server.handshake()
            carry(from: server, to: client, step: step)
            if outcome == .done(bytes: 0), other == .done(bytes: 0) { return outcome }
        }
        return .wantsInput
    }

    private func carry(from: TLSMachine, to: TLSMachine, step: Int) {
        let bytes = from.takeOutgoing()
        for start in stride(from: 0, to: bytes.count, by: step) {
            Array(bytes[start..<min(start + step, bytes.count)]).withUnsafeBytes { to.receive($0) }
        }
    }

    @Test("handshake and data, with ciphertext split anywhere", arguments: [1, 7, 100, 100_000])
    func echo(step: Int) throws {
        let (client, server) = try pair()
        #expect(shakeHands(client, server, step: step) == .done(bytes: 0))
        #expect(client.version == "TLSv1.3")
        let text = Array("hello over TLS".utf8)
        #expect(text.withUnsafeBytes { client.write($0) } == .done(bytes: text.count))
        carry(from: client, to: server, step: step)
        var buffer = [UInt8](repeating: 0, count: 100)
        #expect(buffer.withUnsafeMutableBytes { server.read(into: $0) } == .done(bytes: text.count))
        #expect(Array(buffer[..<text.count]) == text)
        #expect(buffer.withUnsafeMutableBytes { server.read(into: $0) } == .wantsInput)
    }

    @Test("a second connection to the same host and port takes the session up, once")
    func resumption() throws {
        let identity = try SelfSignedIdentity(names: ["localhost"], validDays: 2)
        let context = try TLSContext(trusting: .certificates(pem: identity.certificatePEM))
        let serverContext = try TLSContext(identity: identity)
        func connection(port: Int) throws -> Bool {
            let client = try TLSMachine(context: context, role: .client(host: "localhost", port: port))
            let server = try TLSMachine(context: serverContext, role: .server)
            #expect(shakeHands(client, server, step: 1_000) == .done(bytes: 0))
            // The sessions come behind the handshake.
            var buffer = [UInt8](repeating: 0, count: 10)
            #expect(buffer.withUnsafeMutableBytes { client.read(into: $0) } == .wantsInput)
            return client.isResumed
        }
        #expect(try !connection(port: 1))
        #expect(try connection(port: 1))
        #expect(try !connection(port: 2))
        #expect(try connection(port: 1))
    }

    @Test("close_notify is an orderly end")
    func close() throws {
        let (client, server) = try pair()
        _ = shakeHands(client, server, step: 1_000)
        server.close()
        carry(from: server, to: client, step: 1_000)
        var buffer = [UInt8](repeating: 0, count: 10)
        #expect(buffer.withUnsafeMutableBytes { client.read(into: $0) } == .closed)
    }

    @Test(
        "the check that failed is named",
        arguments: [
            (["other.example"], "localhost", 2, 62), (["localhost"], "127.0.0.1", 2, 64),
            (["localhost"], "localhost", 0, 10),
        ])
    func refused(names: [String], host: String, days: Int, code: Int) throws {
        let (client, server) = try pair(names: names, host: host, days: days)
        guard case .failed(.certificate(host, code, _)) = shakeHands(client, server, step: 1_000) else {
            return #expect(Bool(false), "accepted, or refused for another reason")
        }
    }

    @Test("garbage fails the handshake")
    func garbage() throws {
        let (client, _) = try pair()
        _ = client.handshake()
        Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8).withUnsafeBytes { client.receive($0) }
        guard case .failed(.protocolFailure) = client.handshake() else {
            return #expect(Bool(false), "accepted")
        }
    }

    @Test("SHA-1 of RFC 3174")
    func sha1() {
        #expect(Digest.sha1(Array("abc".utf8)).prefix(4) == [0xA9, 0x99, 0x3E, 0x36])
    }
}
