import COpenSSL
import Foundation

/// The one certificate that a peer may show, whoever signed it, for whatever name and time.
package enum CertificatePin: Equatable, Sendable {
    /// The first certificate of a PEM file, read again at each handshake, so a renewed one counts at once.
    case file(String)
    /// The SHA-256 digest of the certificate's DER form, 32 bytes.
    case fingerprint([UInt8])

    /// A fingerprint as it is written down: 64 hexadecimal digits, colons allowed; nil for anything else.
    package init?(fingerprint text: String) {
        let digits = text.filter { $0 != ":" }.map(\.hexDigitValue)
        let values = digits.compactMap { $0 }
        guard digits.count == 64, values.count == 64 else { return nil }
        self = .fingerprint(stride(from: 0, to: 64, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) })
    }

    /// Why the peer of a completed handshake is not the right one; nil when it is.
    func objection(to ssl: OpaquePointer) -> String? {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return "it showed no certificate" }
        defer { X509_free(certificate) }
        return objection(toCertificate: certificate)
    }

    /// Why a certificate is not the right one; nil when it is.
    func objection(toCertificate certificate: OpaquePointer) -> String? {
        switch self {
        case .fingerprint(let expected):
            return Self.digest(certificate) == expected ? nil : "it does not have the configured fingerprint"
        case .file(let path):
            guard let expected = Self.digest(ofFile: path) else {
                return "\(path) holds no certificate to compare it with"
            }
            return Self.digest(certificate) == expected ? nil : "it is not the one in \(path)"
        }
    }

    private static func digest(ofFile path: String) -> [UInt8]? {
        guard let memory = BIO_new_file(path, "r") else {
            ERR_clear_error()
            return nil
        }
        defer { BIO_free(memory) }
        guard let certificate = PEM_read_bio_X509(memory, nil, nil, nil) else {
            ERR_clear_error()
            return nil
        }
        defer { X509_free(certificate) }
        return digest(certificate)
    }

    private static func digest(_ certificate: OpaquePointer) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        X509_digest(certificate, EVP_sha256(), &digest, &count)
        return Array(digest.prefix(Int(count)))
    }
}
