import COpenSSL

/// SHA-1 for the WebSocket handshake, where it proves nothing but that the peer read the key (RFC 6455 §1.3), and SHA-256
/// for what was downloaded.
package enum Digest {
    package static func sha1(_ bytes: [UInt8]) -> [UInt8] {
        var context = SHA_CTX()
        var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        SHA1_Init(&context)
        SHA1_Update(&context, bytes, bytes.count)
        SHA1_Final(&digest, &context)
        return digest
    }

    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var context = SHA256_CTX()
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256_Init(&context)
        SHA256_Update(&context, bytes, bytes.count)
        SHA256_Final(&digest, &context)
        return digest
    }

    /// The version of the OpenSSL that is linked, such as "OpenSSL 3.0.15 3 Sep 2024".
    package static var libraryVersion: String { String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}
