import COpenSSL
import Foundation

/// A key and a certificate made on the spot, for the demo and the tests: P-256, valid from yesterday.
package final class SelfSignedIdentity: @unchecked Sendable {
    // Proof: complete after `init`, then only read.
    let key: OpaquePointer
    let certificate: OpaquePointer

    /// - Parameters:
    ///   - names: DNS names and IP addresses; without any there is no subjectAltName.
    ///   - commonName: of the subject; the first of the names where it is not given.
    ///   - validDays: from now on (it began yesterday); negative for one that has expired already.
    package init(names: [String] = ["localhost", "127.0.0.1"], commonName: String? = nil, validDays: Int = 2)
        throws(TransportFailure)
    {
        guard let key = ct_EVP_EC_gen_P256(), let certificate = X509_new() else {
            throw .tlsSetUp(OpenSSLError.takeReason())
        }
        (self.key, self.certificate) = (key, certificate)
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int(Int32.random(in: 1 ... .max)))
        X509_gmtime_adj(X509_getm_notBefore(certificate), -86_400)
        X509_gmtime_adj(X509_getm_notAfter(certificate), validDays * 86_400)
        X509_set_pubkey(certificate, key)
        let name = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(
            name, "CN", 0x1000 | 1, commonName ?? names.first ?? "localhost", -1, -1, 0)
        X509_set_issuer_name(certificate, name)
        let alternatives = names.map {
            SocketAddress(numericHost: $0, port: 0) == nil ? "DNS:\($0)" : "IP:\($0)"
        }
        if !names.isEmpty { try add(NID_subject_alt_name, alternatives.joined(separator: ",")) }
        try add(NID_basic_constraints, "critical,CA:TRUE")
        guard X509_sign(certificate, key, EVP_sha256()) > 0 else {
            throw .tlsSetUp(OpenSSLError.takeReason())
        }
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    private func add(_ identifier: Int32, _ value: String) throws(TransportFailure) {
        guard let item = X509V3_EXT_conf_nid(nil, nil, identifier, value) else {
            throw .tlsSetUp(OpenSSLError.takeReason())
        }
        X509_add_ext(certificate, item, -1)
        X509_EXTENSION_free(item)
    }

    /// The certificate in PEM, for a client's trust.
    package var certificatePEM: String {
        guard let memory = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(memory) }
        PEM_write_bio_X509(memory, certificate)
        var data: UnsafeMutablePointer<CChar>?
        let count = ct_BIO_get_mem_data(memory, &data)
        guard count > 0, let data else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: data, count: count), as: UTF8.self)
    }
}
