import Foundation

/// An absolute URL taken apart for a request.
package struct RequestTarget: Equatable, Sendable {
    package let endpoint: Endpoint
    /// Path and query as they go into the request line; never empty.
    package let target: String

    /// - Throws: ``TransportFailure/badURL(_:)`` unless it is an absolute http, https, ws or wss URL with a
    ///   host.
    package init(_ url: String) throws(TransportFailure) {
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

    /// What differs from a known URL in a plain path only: Foundation's parser touches a megabyte of code, and most requests
    /// go to the same place.
    /// - Returns: nil where the URL is of another origin, or has anything else in it.
    init?(_ url: String, like known: (url: String, target: RequestTarget)) {
        guard let origin = Self.origin(of: known.url), url.hasPrefix(origin) else { return nil }
        let path = url.utf8.dropFirst(origin.utf8.count)
        guard path.first == UInt8(ascii: "/"), path.allSatisfy(Self.isPlain) else { return nil }
        (endpoint, target) = (known.target.endpoint, String(Substring(path)))
    }

    /// The URL up to its path; nil where it has none.
    private static func origin(of url: String) -> Substring? {
        let slashes = url.utf8.indices.lazy.filter { url.utf8[$0] == UInt8(ascii: "/") }
        return slashes.dropFirst(2).first.map { url[..<$0] }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F: true
        default: false
        }
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
