import Foundation

/// An absolute URL taken apart for a request.
package struct RequestTarget: Equatable, Sendable {
    package let endpoint: Endpoint
    /// Path and query as they go into the request line; never empty.
    package let target: String

    /// - Throws: ``TransportError/badURL(_:)`` unless it is an absolute http, https, ws or wss URL with a
    ///   host.
    package init(_ url: String) throws(TransportError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https", "ws", "wss"].contains(scheme),
            let host = parts.host?.trimmingCharacters(in: ["[", "]"]).lowercased(), !host.isEmpty,
            (1...65535).contains(parts.port ?? 80)
        else { throw .badURL(url) }
        let isSecure = scheme == "https" || scheme == "wss"
        endpoint = Endpoint(isSecure: isSecure, host: host, port: parts.port ?? (isSecure ? 443 : 80))
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        target = path + (Self.query(of: url) ?? parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    /// As it was written, where a request line can hold that: URLComponents would encode `[` and `]`, too.
    private static func query(of url: String) -> Substring? {
        let query = url.prefix { $0 != "#" }.drop { $0 != "?" }
        return !query.isEmpty && query.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? query : nil
    }

    /// An absolute URL from a Location value (RFC 9110 §10.2.2), or nil when it makes none.
    static func resolve(_ location: String, against base: String) -> String? {
        URL(string: location, relativeTo: URL(string: base))?.absoluteURL.absoluteString
    }
}
