import Foundation

/// Where a URL leads: scheme security, host and port; the unit of connection reuse and of trust (RFC 6454).
package struct Endpoint: Hashable, Sendable {
    package let isSecure: Bool
    /// Lower case, without the brackets of an IPv6 literal.
    package let host: String
    package let port: Int

    package init(isSecure: Bool, host: String, port: Int) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
    }

    /// For the Host field: the port only where it is not the scheme's own.
    package var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}
