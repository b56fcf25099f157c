import COpenSSL
import Foundation

/// The settings that connections share: trust for clients, identity for servers. TLS 1.2 or newer.
package final class TLSContext: @unchecked Sendable {
    // Proof: complete after `init`; the sessions have a lock.
    let pointer: OpaquePointer

    package enum Trust: Equatable, Sendable {
        /// OpenSSL's default store; SSL_CERT_FILE and SSL_CERT_DIR take its place when set.
        case system
        /// Only these certificates, in PEM.
        case certificates(pem: String)
        /// Only one certificate, as a gateway makes for itself: no chain and no host name are checked.
        case pinned(CertificatePin)
    }

    /// What the peer's certificate is held against after the handshake.
    let pin: CertificatePin?
    /// What a client may resume.
    let sessions = TLSSessionCache()

    /// - Throws: ``TransportFailure/tlsSetUp(_:)`` when the trust cannot be read.
    package init(trusting trust: Trust) throws(TransportFailure) {
        pointer = try Self.make(TLS_client_method())
        if case .pinned(let pin) = trust { self.pin = pin } else { pin = nil }
        SSL_CTX_set_verify(pointer, pin == nil ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nil)
        sessions.keepThose(of: pointer)
        switch trust {
        case .system: try loadSystemStore()
        case .certificates(let pem): try addTrusted(pem: pem)
        case .pinned: break
        }
    }

    /// The context of a server that shows `identity`.
    package init(identity: SelfSignedIdentity) throws(TransportFailure) {
        pointer = try Self.make(TLS_server_method())
        pin = nil
        try replaceIdentity(identity)
    }

    /// Shows another identity from the next handshake on; sessions that were given before stay valid.
    func replaceIdentity(_ identity: SelfSignedIdentity) throws(TransportFailure) {
        guard SSL_CTX_use_certificate(pointer, identity.certificate) == 1,
            SSL_CTX_use_PrivateKey(pointer, identity.key) == 1
        else { throw .tlsSetUp(OpenSSLError.takeReason()) }
    }

    /// RFC 9325 §3.5.
    var refusesRenegotiation: Bool { SSL_CTX_get_options(pointer) & ct_SSL_OP_NO_RENEGOTIATION != 0 }

    deinit { SSL_CTX_free(pointer) }

    private static func make(_ method: OpaquePointer?) throws(TransportFailure) -> OpaquePointer {
        guard let pointer = SSL_CTX_new(method) else { throw .tlsSetUp(OpenSSLError.takeReason()) }
        _ = ct_SSL_CTX_set_min_proto_version(pointer, TLS1_2_VERSION)
        // A peer of TLS 1.2 could make us calculate without end, and RFC 9325 §3.5 wants it off.
        SSL_CTX_set_options(pointer, ct_SSL_OP_NO_RENEGOTIATION)
        return pointer
    }

    /// A variable that names nothing readable is said, not skipped: OpenSSL would only fail at the first
    /// handshake.
    private func loadSystemStore() throws(TransportFailure) {
        for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
            guard let paths = ProcessInfo.processInfo.environment[name], !paths.isEmpty else { continue }
            let candidates = name == "SSL_CERT_DIR" ? paths.split(separator: ":").map(String.init) : [paths]
            guard candidates.contains(where: { access($0, R_OK) == 0 }) else {
                throw .tlsSetUp("\(name) names \(paths), which cannot be read")
            }
        }
        guard SSL_CTX_set_default_verify_paths(pointer) == 1 else {
            throw .tlsSetUp(OpenSSLError.takeReason())
        }
    }

    private func addTrusted(pem: String) throws(TransportFailure) {
        // The memory BIO keeps the pointer: the bytes stay where they are until it is freed.
        let count = Array(pem.utf8).withUnsafeBytes { bytes in
            guard let memory = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else {
                return 0
            }
            defer { BIO_free(memory) }
            var count = 0
            while let certificate = PEM_read_bio_X509(memory, nil, nil, nil) {
                X509_STORE_add_cert(SSL_CTX_get_cert_store(pointer), certificate)
                X509_free(certificate)
                count += 1
            }
            return count
        }
        ERR_clear_error()
        guard count > 0 else { throw .tlsSetUp("no certificate in the given PEM") }
    }
}

/// OpenSSL's queue of errors for this thread.
enum OpenSSLError {
    /// The reason of the oldest error, after which the queue is empty.
    static func takeReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else { return "no reason given" }
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
