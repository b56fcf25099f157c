import COpenSSL
import Foundation

/// One TLS connection without a socket: ciphertext in, ciphertext out, over memory BIOs.
///
/// Used by one thread at a time. After every call that may produce ciphertext, send ``takeOutgoing()``.
package final class TLSEngine {
    package enum Role: Sendable {
        /// Verifies the chain and that the certificate is for `host` (a name or an IP address; RFC 6125).
        /// - Parameter port: sessions are resumed with the same host and port only.
        case client(host: String, port: Int = 443)
        case server
    }

    package enum Outcome: Equatable, Sendable {
        case done(bytes: Int)
        /// More ciphertext from the peer is needed.
        case wantsInput
        /// The peer said that it is done (close_notify).
        case closed
        case failed(TLSFault)
    }

    private let ssl: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private let role: Role
    private let context: TLSContext

    package init(context: TLSContext, role: Role) throws(TLSFault) {
        guard let ssl = SSL_new(context.pointer), let incoming = BIO_new(BIO_s_mem()),
            let outgoing = BIO_new(BIO_s_mem())
        else { throw .configuration(OpenSSLError.takeReason()) }
        (self.ssl, self.incoming, self.outgoing, self.role, self.context) = (
            ssl, incoming, outgoing, role, context
        )
        _ = ct_BIO_set_mem_eof_return(incoming, -1)
        SSL_set_bio(ssl, incoming, outgoing)  // the SSL owns both from here
        _ = ct_SSL_set_mode(ssl, Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        _ = ct_SSL_set_mode(ssl, Int(SSL_MODE_RELEASE_BUFFERS))
        switch role {
        case .server: SSL_set_accept_state(ssl)
        case .client(let host, let port):
            SSL_set_connect_state(ssl)
            try expect(host)
            context.sessions.offer(to: ssl, "\(host):\(port)")
        }
    }

    deinit {
        context.sessions.forget(ssl)
        // OpenSSL takes a session for spoilt when its connection was just cut; TLS has not since 1.1 (RFC 4346 §7.2.1).
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(ssl)
    }

    /// Whether the handshake took an earlier session up.
    package var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// RFC 6066 §3: SNI carries names only, never addresses; either way the certificate must be for this
    /// host.
    private func expect(_ host: String) throws(TLSFault) {
        let isAddress = SocketAddress(numericHost: host, port: 0) != nil
        if isAddress {
            guard X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1 else {
                throw .configuration("\(host) is not an address")
            }
        } else {
            guard ct_SSL_set_tlsext_host_name(ssl, host) == 1, SSL_set1_host(ssl, host) == 1 else {
                throw .configuration("\(host) is not a host name")
            }
        }
    }

    /// Takes ciphertext from the peer.
    package func receive(_ bytes: UnsafeRawBufferPointer) {
        var written = 0
        while written < bytes.count {
            let count = BIO_write(
                incoming, bytes.baseAddress! + written, Int32(clamping: bytes.count - written))
            guard count > 0 else { return }
            written += Int(count)
        }
    }

    /// Goes on with the handshake; `.done(bytes: 0)` once it is complete.
    package func handshake() -> Outcome {
        ERR_clear_error()
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

    /// Queues close_notify.
    package func close() {
        ERR_clear_error()
        _ = SSL_shutdown(ssl)
    }

    /// Plaintext or ciphertext that was received and not yet read.
    package var hasBufferedBytes: Bool { SSL_has_pending(ssl) == 1 || BIO_ctrl_pending(incoming) > 0 }

    package var hasOutgoing: Bool { BIO_ctrl_pending(outgoing) > 0 }

    /// The ciphertext to send.
    package func takeOutgoing() -> [UInt8] {
        var data: UnsafeMutablePointer<CChar>?
        let count = ct_BIO_get_mem_data(outgoing, &data)
        guard count > 0, let data else { return [] }
        let bytes = Array(UnsafeRawBufferPointer(start: data, count: count))
        _ = ct_BIO_reset(outgoing)
        return bytes
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
