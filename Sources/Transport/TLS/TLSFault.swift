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
