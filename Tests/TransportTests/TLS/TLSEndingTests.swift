import Foundation
import Testing
import Wire

@testable import Transport

@Suite("RFC 8446 §6.1: the end of a TLS connection is said", .timeLimit(.minutes(1)))
struct TLSEndingTests {
    private let loop = EventLoop.forTests

    /// How the end looks to the side that does not close, when the accepting side does `action`.
    private func ending(_ action: @escaping @Sendable (StreamChannel) -> Void) async throws
        -> TransportFailure?
    {
        let loop = loop
        let identity = try SelfSignedIdentity()
        let pem = identity.certificatePEM
        let (ends, feed) = AsyncStream.makeStream(of: TransportFailure?.self)
        let kept = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            let listener = try Listener(
                address, on: loop, tls: TLSContext(identity: identity), onAccept: action)
            let endpoint = Endpoint(isSecure: true, host: .loopback, port: listener.port)
            let dial = Dial(
                endpoint, on: loop, deadline: .seconds(20),
                tls: { () throws(TransportFailure) in try TLSContext(trusting: .certificates(pem: pem)) }
            ) { result in
                guard case .success(let stream) = result else { return feed.finish() }
                stream.onEnd = {
                    feed.yield($0)
                    withExtendedLifetime(stream) {}
                }
            }
            return LoopBound((listener, dial), on: loop)
        }
        defer { withExtendedLifetime(kept) {} }
        for await end in ends { return end }
        return .cancelled
    }

    @Test("closing at once")
    func close() async throws { #expect(try await ending { $0.close() } == nil) }

    @Test("finishing after what is queued is written")
    func finish() async throws {
        #expect(
            try await ending {
                $0.write([UInt8](repeating: 1, count: 300_000))
                $0.finish()
            } == nil)
    }

    @Test("a connection that is closed while bytes still wait is told as cut, not as complete")
    func cut() async throws {
        #expect(
            try await ending {
                $0.write([UInt8](repeating: 1, count: 32 << 20))
                $0.close()
            } != nil)
    }
}

@Suite("What certificates and sessions are accepted")
struct TLSAcceptanceTests {
    private func shakeHands(_ client: TLSMachine, _ server: TLSMachine) -> TLSMachine.Outcome {
        for _ in 0..<20 {
            let outcome = client.handshake()
            client.takeOutgoing().withUnsafeBytes { server.receive($0) }
            if case .failed = outcome { return outcome }
            let other = server.handshake()
            server.takeOutgoing().withUnsafeBytes { client.receive($0) }
            if outcome == .done(bytes: 0), other == .done(bytes: 0) {
                // The sessions come behind the handshake.
                var byte: UInt8 = 0
                _ = withUnsafeMutableBytes(of: &byte) { client.read(into: $0) }
                return outcome
            }
        }
        return .wantsInput
    }

    private func client(_ context: TLSContext, port: Int = 443) throws -> TLSMachine {
        try TLSMachine(context: context, role: .client(host: "localhost", port: port))
    }

    @Test("a good PEM is loaded each time, whatever else was in that memory before")
    func loading() throws {
        let pem = try (0..<3).map { _ in try SelfSignedIdentity().certificatePEM }.joined()
        for round in 0..<200 {
            _ = try TLSContext(trusting: .certificates(pem: pem))
            // Other strings take the memory that a text of that size had.
            #expect(String(repeating: "x", count: pem.utf8.count).utf8.count == pem.utf8.count, "\(round)")
        }
    }

    @Test("RFC 9525 §6.3: a certificate that names its host in the subject only is refused")
    func commonName() throws {
        let identity = try SelfSignedIdentity(names: [], commonName: "localhost")
        let context = try TLSContext(trusting: .certificates(pem: identity.certificatePEM))
        let outcome = shakeHands(
            try client(context), try TLSMachine(context: TLSContext(identity: identity), role: .server))
        guard case .failed(.certificate("localhost", 62, _)) = outcome else {
            Issue.record("accepted: \(outcome)")
            return
        }
    }

    @Test(
        "RFC 9525 §6.3: a wildcard is a whole label",
        arguments: [("*.example.test", true), ("l*.example.test", false)])
    func wildcards(name: String, isAccepted: Bool) throws {
        let identity = try SelfSignedIdentity(names: [name])
        let context = try TLSContext(trusting: .certificates(pem: identity.certificatePEM))
        let machine = try TLSMachine(context: context, role: .client(host: "local.example.test"))
        let outcome = shakeHands(
            machine, try TLSMachine(context: TLSContext(identity: identity), role: .server))
        #expect((outcome == .done(bytes: 0)) == isAccepted, "\(outcome)")
    }

    @Test("RFC 9325 §3.5: renegotiation is off for both sides")
    func renegotiation() throws {
        let identity = try SelfSignedIdentity()
        #expect(try TLSContext(identity: identity).refusesRenegotiation)
        #expect(try TLSContext(trusting: .certificates(pem: identity.certificatePEM)).refusesRenegotiation)
    }

    @Test("the sessions of the newest names are kept, however many came before")
    func manyNames() throws {
        let identity = try SelfSignedIdentity()
        let context = try TLSContext(trusting: .certificates(pem: identity.certificatePEM))
        let server = try TLSContext(identity: identity)
        let last = TLSSessionCache.maximumSessions + 10
        for port in 1...last {
            #expect(
                shakeHands(try client(context, port: port), try TLSMachine(context: server, role: .server))
                    == .done(bytes: 0))
        }
        let again = try client(context, port: last)
        #expect(shakeHands(again, try TLSMachine(context: server, role: .server)) == .done(bytes: 0))
        #expect(again.isResumed)
    }

    @Test("several connections to one host at once all resume")
    func atOnce() throws {
        let identity = try SelfSignedIdentity()
        let context = try TLSContext(trusting: .certificates(pem: identity.certificatePEM))
        let server = try TLSContext(identity: identity)
        var clients: [TLSMachine] = []
        for _ in 0..<2 {
            clients = try (0..<4).map { _ in try client(context) }
            for client in clients {
                #expect(shakeHands(client, try TLSMachine(context: server, role: .server)) == .done(bytes: 0))
            }
        }
        #expect(clients.filter(\.isResumed).count == clients.count)
    }

    @Test("a gateway that renewed its pinned certificate is accepted at the first try")
    func renewedPin() throws {
        let folder = try Certificates()
        defer { folder.remove() }
        let pin = folder.folder.path + "/pin.pem"
        let (old, new) = (try SelfSignedIdentity(), try SelfSignedIdentity())
        let server = try TLSContext(identity: old)
        let context = try TLSContext(trusting: .pinned(.file(pin)))
        try old.certificatePEM.write(toFile: pin, atomically: true, encoding: .utf8)
        #expect(
            shakeHands(try client(context), try TLSMachine(context: server, role: .server)) == .done(bytes: 0)
        )
        // Its session would still be accepted by the server, and would show the old certificate.
        try server.replaceIdentity(new)
        try new.certificatePEM.write(toFile: pin, atomically: true, encoding: .utf8)
        let again = try client(context)
        #expect(shakeHands(again, try TLSMachine(context: server, role: .server)) == .done(bytes: 0))
        #expect(!again.isResumed)
    }
}

@Suite("Peers that make TLS work for nothing", .timeLimit(.minutes(1)))
struct TLSFloodTests {
    /// A record of TLS 1.2 with a HelloRequest, which a client passes over at any time.
    private static let helloRequest: [UInt8] = [0x16, 0x03, 0x03, 0x00, 0x04, 0, 0, 0, 0]

    @Test("a call that reads thousands of records without plaintext is interrupted")
    func interrupted() throws {
        let identity = try SelfSignedIdentity()
        let context = try TLSContext(trusting: .certificates(pem: identity.certificatePEM))
        let client = try TLSMachine(context: context, role: .client(host: "localhost"))
        let flood = Array(repeatElement(Self.helloRequest, count: 10_000).joined())
        var calls = 0
        flood.withUnsafeBytes { bytes in
            client.receive(bytes) {
                repeat {
                    guard client.handshake() == .wantsInput else { return }
                    calls += 1
                } while client.hasBufferedBytes
            }
        }
        #expect(calls > 100)
    }

    @Test(
        "a peer that never comes to the end of the handshake is given up, and the loop serves others meanwhile"
    )
    func handshake() async throws {
        let (floodLoop, loop) = (try EventLoop(name: "flood"), try EventLoop(name: "flooded"))
        defer {
            floodLoop.stop()
            loop.stop()
        }
        let listener = try await floodLoop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            let piece = Array(repeatElement(Self.helloRequest, count: 20_000).joined())
            return LoopBound(
                try Listener(address, on: floodLoop) { stream in
                    // The handlers keep the stream.
                    stream.onDrained = { floodLoop.schedule(after: .zero) { stream.write(piece) } }
                    stream.onEnd = { _ in }
                    stream.write(piece)
                }, on: floodLoop)
        }
        let port = try await floodLoop.run { listener.value.port }
        let failure: TransportFailure? = await withCheckedContinuation { continuation in
            loop.execute {
                let endpoint = Endpoint(isSecure: true, host: .loopback, port: port)
                Dial(
                    endpoint, on: loop, deadline: .seconds(20),
                    tls: { () throws(TransportFailure) in try TLSContext(trusting: .system) }
                ) { result in
                    if case .failure(let failure) = result { continuation.resume(returning: failure) }
                }
            }
        }
        guard case .tls = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        withExtendedLifetime(listener) {}
    }
}
