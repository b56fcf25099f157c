package import Wire

/// An absolute URL taken apart for a request.
package struct RequestTarget: Equatable, Sendable {
    package let endpoint: Endpoint
    /// Path and query as they go into the request line; never empty.
    package let target: String

    /// - Throws: ``TransportFailure/badURL(_:_:)`` unless it is an ``AbsoluteURL``.
    package init(_ url: String) throws(TransportFailure) {
        do throws(URLFault) {
            let parts = try AbsoluteURL(url)
            endpoint = Endpoint(isSecure: parts.scheme.isSecure, host: parts.host, port: parts.port)
            target = parts.target
        } catch {
            throw .badURL(url, error)
        }
    }

    /// What differs from a known URL in a plain path only: most requests go to the same place, and its host was checked.
    /// - Returns: nil where the URL is of another origin, or has anything else in it.
    init?(_ url: String, like known: (url: String, target: RequestTarget)) {
        guard let origin = Self.origin(of: known.url), url.utf8.starts(with: origin.utf8) else { return nil }
        let path = url.utf8.dropFirst(origin.utf8.count)
        guard path.first == UInt8(ascii: "/"), path.allSatisfy(Self.isPlain) else { return nil }
        (endpoint, target) = (known.target.endpoint, String(Substring(path)))
    }

    /// The URL up to its path; nil where it has none: a slash in a query does not begin one.
    private static func origin(of url: String) -> Substring? {
        let slashes = url.utf8.indices.lazy.filter { url.utf8[$0] == UInt8(ascii: "/") }
        guard let origin = slashes.dropFirst(2).first.map({ url[..<$0] }) else { return nil }
        return origin.utf8.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ? nil : origin
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F: true
        default: false
        }
    }

    /// An absolute URL from a Location value (RFC 9110 §10.2.2), or nil when it leads to no ``AbsoluteURL``.
    static func resolve(_ location: String, against base: String) -> String? {
        try? AbsoluteURL(base).resolving(location).description
    }
}

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
