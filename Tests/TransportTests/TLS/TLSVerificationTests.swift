import Foundation
import Testing
import Wire

@testable import Transport

@Suite("TLS against openssl s_server: which check fails is said")
struct TLSVerificationTests {
    private let loop = EventLoop.forTests

    /// `openssl s_server -www` answers every GET with a page about the connection.
    private func serve(_ pair: Certificates.Pair, _ more: [String] = []) throws -> (ServerProcess, Int) {
        // s_server would outlive a test run that breaks off: this shell ends it when our end of its input
        // closes.
        let server = try ServerProcess(
            "/bin/sh",
            [
                "-c", #"openssl s_server "$@" </dev/null & pid=$!; cat >/dev/null; kill "$pid""#, "s_server",
                "-accept", "127.0.0.1:0", "-cert", pair.certificate, "-key", pair.key, "-www",
            ] + more,
            until: "ACCEPT")
        return (server, server.acceptedPort)
    }

    private func get(_ url: String, trusting trust: TLSContext.Trust) async throws -> HTTPResponse {
        let session = try await HTTPClient(on: loop) { () throws(TransportFailure) in
            try TLSContext(trusting: trust)
        }
        return try await session.response(to: HTTPRequest(method: "GET", url: url), deadline: .seconds(10))
    }

    private func fault(_ url: String, trusting trust: TLSContext.Trust) async -> TLSFault? {
        do {
            _ = try await get(url, trusting: trust)
            return nil
        } catch {
            guard case .tls(let fault) = (error as? HTTPFailure)?.cause else { return nil }
            return fault
        }
    }

    @Test(
        "a good certificate, by name and by address, with TLS 1.2 and 1.3", arguments: ["-tls1_2", "-tls1_3"])
    func good(version: String) async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let pair = try certificates.make("good")
        let (server, port) = try serve(pair, [version])
        for host in ["localhost", "127.0.0.1"] {
            let response = try await get("https://\(host):\(port)/", trusting: .certificates(pem: pair.pem))
            #expect(
                response.status == 200 && String(decoding: response.body, as: UTF8.self).contains("Cipher"))
        }
        withExtendedLifetime(server) {}
    }

    @Test("a pinned certificate, whatever it says of itself")
    func pinned() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        // Neither signed by anybody known nor for this host.
        let pair = try certificates.make("own", names: "DNS:other.example")
        let (server, port) = try serve(pair)
        let url = "https://127.0.0.1:\(port)/"
        #expect(try await get(url, trusting: .pinned(.file(pair.certificate))).status == 200)
        let fingerprint = try certificates.fingerprint(of: pair)
        let pin = try #require(CertificatePin(fingerprint: fingerprint))
        #expect(try await get(url, trusting: .pinned(pin)).status == 200)
        withExtendedLifetime(server) {}
    }

    @Test("another than the pinned certificate")
    func pinnedToAnother() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let (pair, other) = (try certificates.make("own"), try certificates.make("other"))
        let (server, port) = try serve(pair)
        let pin = try #require(CertificatePin(fingerprint: try certificates.fingerprint(of: other)))
        for trust in [
            TLSContext.Trust.pinned(.file(other.certificate)), .pinned(pin), .pinned(.file("/none")),
        ] {
            let fault = await fault("https://localhost:\(port)/", trusting: trust)
            guard case .certificate(host: "localhost", code: 50, _) = fault else {
                Issue.record("\(String(describing: fault))")
                continue
            }
        }
        withExtendedLifetime(server) {}
    }

    @Test("what is not a fingerprint", arguments: ["", "ab", String(repeating: "g", count: 64)])
    func notAFingerprint(text: String) {
        #expect(CertificatePin(fingerprint: text) == nil)
    }

    @Test(
        "another host's certificate",
        arguments: [
            ("DNS:other.example", "localhost", 62), ("DNS:localhost", "127.0.0.1", 64),
            ("DNS:*.localhost", "localhost", 62),
        ])
    func wrongHost(names: String, host: String, code: Int) async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let pair = try certificates.make("other", names: names)
        let (server, port) = try serve(pair)
        guard
            case .certificate(host, code, _) = await fault(
                "https://\(host):\(port)/", trusting: .certificates(pem: pair.pem))
        else { return #expect(Bool(false), "accepted, or refused for another reason") }
        withExtendedLifetime(server) {}
    }

    @Test("a certificate that nobody trusts")
    func selfSigned() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let (server, port) = try serve(try certificates.make("self"))
        let other = try certificates.make("trusted").pem
        let fault = await fault("https://localhost:\(port)/", trusting: .certificates(pem: other))
        guard case .certificate("localhost", 18, let reason) = fault else {
            return #expect(Bool(false), "\(String(describing: fault))")
        }
        #expect(reason.contains("self-signed") || reason.contains("self signed"))
        withExtendedLifetime(server) {}
    }

    @Test("an expired certificate")
    func expired() async throws {
        let (listener, port, pem) = try await expiredListener()
        let fault = await fault("https://localhost:\(port)/", trusting: .certificates(pem: pem))
        withExtendedLifetime(listener) {}
        guard case .certificate("localhost", 10, _) = fault else {
            return #expect(Bool(false), "\(String(describing: fault))")
        }
    }

    /// openssl req makes none that has expired already, so this one comes from our own identity.
    private func expiredListener() async throws -> (LoopBound<Listener>, Int, String) {
        let identity = try SelfSignedIdentity(validDays: -1)
        let context = try TLSContext(identity: identity)
        let loop = loop
        let bound = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            let listener = try Listener(address, on: loop, tls: context) { $0.close() }
            return LoopBound(listener, on: loop)
        }
        let port = try await loop.run { bound.value.port }
        return (bound, port, identity.certificatePEM)
    }

    @Test("TLS 1.1 is refused")
    func oldVersion() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let pair = try certificates.make("old")
        let (server, port) = try serve(pair, ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        guard
            case .protocolFailure = await fault(
                "https://localhost:\(port)/", trusting: .certificates(pem: pair.pem))
        else {
            return #expect(Bool(false), "accepted")
        }
        withExtendedLifetime(server) {}
    }

    @Test("a server that speaks no TLS")
    func plainServer() async throws {
        let server = try ServerProcess.script("http_server.py")
        let fault = await fault("https://127.0.0.1:\(server.port)/", trusting: .system)
        guard case .protocolFailure = fault else {
            return #expect(Bool(false), "\(String(describing: fault))")
        }
    }

    @Test("PEM without a certificate is said")
    func badTrust() {
        #expect(throws: TransportFailure.self) { try TLSContext(trusting: .certificates(pem: "nothing")) }
    }
}

extension ServerProcess {
    /// From s_server's line `ACCEPT 127.0.0.1:40000`.
    var acceptedPort: Int { Int(line.split(separator: ":").last ?? "") ?? 0 }
}
