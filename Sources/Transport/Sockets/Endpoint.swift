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
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    package var isLoopback: Bool { host == "localhost" || host.hasPrefix("127.") || host == "::1" }
}

/// An absolute URL taken apart for a request.
package struct RequestTarget: Equatable, Sendable {
    package let endpoint: Endpoint
    /// Path and query as they go into the request line; never empty.
    package let target: String

    /// - Throws: ``TransportError/badURL(_:)`` unless it is an absolute http, https, ws or wss URL with a host.
    package init(_ url: String) throws(TransportError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https", "ws", "wss"].contains(scheme),
            let host = parts.host?.trimmingCharacters(in: ["[", "]"]).lowercased(), !host.isEmpty,
            (1...65535).contains(parts.port ?? 80)
        else { throw .badURL(url) }
        let isSecure = scheme == "https" || scheme == "wss"
        endpoint = Endpoint(isSecure: isSecure, host: host, port: parts.port ?? (isSecure ? 443 : 80))
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        target = path + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    /// An absolute URL from a Location value (RFC 9110 §10.2.2), or nil when it makes none.
    static func resolve(_ location: String, against base: String) -> String? {
        URL(string: location, relativeTo: URL(string: base))?.absoluteURL.absoluteString
    }
}
