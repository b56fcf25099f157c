import COpenSSL
import Foundation

/// One TLS connection without a socket: ciphertext in, ciphertext out.
///
/// Used by one thread at a time. After every call that may produce ciphertext, send ``takeOutgoing()``.
package final class TLSMachine {
    package enum Role: Sendable {
        /// Verifies the chain and that the certificate is for `host` (a name or an IP address; RFC 9525).
        /// - Parameter port: sessions are resumed with the same host and port only.
        case client(host: String, port: Int = 443)
        case server
    }

    package enum Outcome: Equatable, Sendable {
        case done(bytes: Int)
        /// More ciphertext from the peer is needed; or, where ``TLSMachine/hasBufferedBytes`` is true, the call was interrupted
        /// after a number of records and is to be repeated.
        case wantsInput
        /// The peer said that it is done (close_notify).
        case closed
        case failed(TLSFault)
    }

    private let ssl: OpaquePointer
    private let bytes: TLSBytes
    private let role: Role
    private let context: TLSContext

    /// - Throws: ``TransportFailure/tlsSetUp(_:)`` for a host that no certificate can be for, or without memory.
    package init(context: TLSContext, role: Role) throws(TransportFailure) {
        guard let ssl = SSL_new(context.pointer) else { throw .tlsSetUp(OpenSSLError.takeReason()) }
        guard let bytes = TLSBytes() else {
            SSL_free(ssl)
            throw .tlsSetUp(OpenSSLError.takeReason())
        }
        (self.ssl, self.bytes, self.role, self.context) = (ssl, bytes, role, context)
        SSL_set_bio(ssl, bytes.bio, bytes.bio)  // the SSL owns it from here
        _ = ct_SSL_set_mode(ssl, Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        _ = ct_SSL_set_mode(ssl, Int(SSL_MODE_RELEASE_BUFFERS))
        switch role {
        case .server: SSL_set_accept_state(ssl)
        case .client(let host, let port):
            SSL_set_connect_state(ssl)
            try expect(host)
            context.sessions.offer(to: ssl, "\(host):\(port)", pin: context.pin)
        }
    }

    deinit {
        context.sessions.forget(ssl)
        // OpenSSL takes a session for spoilt when its connection was just cut; TLS has not since 1.1 (RFC 4346 §7.2.1).
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(ssl)
    }

    /// Whether the handshake resumed an earlier session.
    package var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// RFC 6066 §3: SNI carries names only, never addresses; either way the certificate must be for this
    /// host. RFC 9525 §6.3: only its subjectAltName says so, and a wildcard is a whole label.
    private func expect(_ host: String) throws(TransportFailure) {
        SSL_set_hostflags(
            ssl, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        let isAddress = SocketAddress(numericHost: host, port: 0) != nil
        if isAddress {
            guard X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1 else {
                throw .tlsSetUp("\(host) is not an address")
            }
        } else {
            guard ct_SSL_set_tlsext_host_name(ssl, host) == 1, SSL_set1_host(ssl, host) == 1 else {
                throw .tlsSetUp("\(host) is not a host name")
            }
        }
    }

    /// Lends ciphertext from the peer to what `use` does; what that does not consume is kept for the next call.
    package func receive(_ ciphertext: UnsafeRawBufferPointer, _ use: () -> Void = {}) {
        bytes.lend(ciphertext, use)
    }

    /// Continues the handshake; `.done(bytes: 0)` once it is complete.
    package func handshake() -> Outcome {
        ERR_clear_error()
        bytes.allowReads()
        let result = SSL_do_handshake(ssl)
        guard result == 1 else { return outcome(of: result) }
        guard case .client(let host, _) = role, let objection = context.pin?.objection(to: ssl) else {
            return .done(bytes: 0)
        }
        return .failed(
            .certificate(host: host, code: Int(X509_V_ERR_APPLICATION_VERIFICATION), reason: objection))
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        ERR_clear_error()
        bytes.allowReads()
        var count = 0
        let result = SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count)
        return result == 1 ? .done(bytes: count) : outcome(of: result)
    }

    /// Encrypts all or a part of `bytes` into the outgoing ciphertext.
    package func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        guard !bytes.isEmpty else { return .done(bytes: 0) }
        ERR_clear_error()
        var count = 0
        let result = SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count)
        return result == 1 ? .done(bytes: count) : outcome(of: result)
    }

    /// Queues close_notify (RFC 8446 §6.1), once.
    package func close() {
        guard SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN == 0, SSL_is_init_finished(ssl) == 1 else { return }
        ERR_clear_error()
        _ = SSL_shutdown(ssl)
    }

    /// Ciphertext that was received and not read yet.
    package var hasBufferedBytes: Bool { bytes.hasInput }

    package var outgoingBytes: Int { bytes.outgoing.count }

    /// The ciphertext to send.
    package func takeOutgoing() -> [UInt8] {
        defer { bytes.outgoing = [] }
        return bytes.outgoing
    }

    /// The negotiated protocol, such as "TLSv1.3".
    package var version: String { String(cString: SSL_get_version(ssl)) }

    private func outcome(of result: Int32) -> Outcome {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wantsInput
        case SSL_ERROR_ZERO_RETURN: return .closed
        default: return .failed(fault())
        }
    }

    private func fault() -> TLSFault {
        let verdict = SSL_get_verify_result(ssl)
        if case .client(let host, _) = role, verdict != X509_V_OK {
            ERR_clear_error()
            let reason = X509_verify_cert_error_string(verdict).map { String(cString: $0) } ?? "unknown"
            return .certificate(host: host, code: verdict, reason: reason)
        }
        return .protocolFailure(OpenSSLError.takeReason())
    }
}

/// What the peer did wrong in TLS, in words for the user.
package enum TLSFault: Error, Equatable, Sendable {
    /// The peer's certificate was refused; `code` is an X509_V_ERR value and `reason` OpenSSL's text for it.
    case certificate(host: String, code: Int, reason: String)
    case protocolFailure(String)
    /// The connection ended without close_notify: what was read may be cut (RFC 8446 §6.1).
    case truncated

    package var summary: String {
        switch self {
        case .certificate(let host, let code, let reason):
            "the certificate of \(host) was refused: \(reason) (check \(code))"
        case .protocolFailure(let reason): "TLS failed: \(reason)"
        case .truncated: "the TLS connection was cut"
        }
    }
}
