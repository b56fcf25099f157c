package import Wire

/// Where a URL leads: scheme security, host and port; the unit of connection reuse and of trust (RFC 6454).
package struct Endpoint: Hashable, Sendable {
    package let isSecure: Bool
    package let host: HostName
    package let port: Int

    package init(isSecure: Bool, host: HostName, port: Int) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
    }

    /// For the Host field: the port only where it is not the scheme's own.
    package var authority: String { port == (isSecure ? 443 : 80) ? host.urlText : authorityWithPort }

    /// For CONNECT, which has no scheme that could imply the port (RFC 9110 §9.3.6).
    package var authorityWithPort: String { "\(host.urlText):\(port)" }
}
