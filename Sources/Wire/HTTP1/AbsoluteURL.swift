/// An absolute http, https, ws or wss URL (RFC 3986, RFC 9110 §4.2), read strictly: what this program connects to is
/// what every other reader of the text understands.
///
/// Path and query stay as they were written, except for bytes that a request line cannot hold: those are
/// percent-encoded. The fragment is dropped, because it is not sent (RFC 9110 §7.1).
package struct AbsoluteURL: Hashable, Sendable {
    package enum Scheme: String, Sendable {
        case http, https, ws, wss

        package var isSecure: Bool { self == .https || self == .wss }
        package var defaultPort: Int { isSecure ? 443 : 80 }
    }

    package let scheme: Scheme
    package let host: HostName
    /// The scheme's own where the URL names none.
    package let port: Int
    /// Begins with a slash.
    package let path: String
    /// Without the question mark; nil when there is none.
    package let query: String?

    /// Path and query, as they go into the request line (RFC 9112 §3.2.1).
    package var target: String { query.map { "\(path)?\($0)" } ?? path }

    /// - Throws: ``URLFault``; also for a user name or a password in the URL (RFC 9110 §4.2.4).
    package init(_ text: String) throws(URLFault) {
        let bytes = text.utf8
        let name = bytes.prefix { $0 != UInt8(ascii: ":") }
        guard let scheme = Scheme(rawValue: String(decoding: name.map(ASCII.lowercased), as: UTF8.self)),
            bytes[name.endIndex...].starts(with: Array("://".utf8))
        else { throw .scheme }
        let rest = bytes[name.endIndex...].dropFirst(3)
        let authority = try URLAuthority(Substring(rest.prefix { !URLAuthority.isEnd($0) }))
        guard authority.userInfo == nil else { throw .userInfo }
        self.init(scheme, authority, Reference(Substring(rest.drop { !URLAuthority.isEnd($0) })))
    }

    private init(_ scheme: Scheme, _ authority: URLAuthority, _ reference: Reference) {
        (self.scheme, host, port) = (scheme, authority.host, authority.port ?? scheme.defaultPort)
        (path, query) = (reference.path.isEmpty ? "/" : reference.path, reference.query)
    }

    private init(_ base: AbsoluteURL, path: String, query: String?) {
        (scheme, host, port, self.path, self.query) = (base.scheme, base.host, base.port, path, query)
    }

    /// Whether both lead to the same server and path. All names of this machine count as one.
    package func isSamePlace(as other: AbsoluteURL) -> Bool {
        (host == other.host || (host.isLoopback && other.host.isLoopback))
            && (scheme, port, target) == (other.scheme, other.port, other.target)
    }

    /// The URL that a reference, such as a Location value, leads to from here (RFC 3986 §5.2.2).
    package func resolving(_ reference: String) throws(URLFault) -> AbsoluteURL {
        if Self.hasScheme(reference) { return try AbsoluteURL(reference).withoutDots() }
        if reference.utf8.starts(with: Array("//".utf8)) {
            return try AbsoluteURL("\(scheme.rawValue):\(reference)").withoutDots()
        }
        let parts = Reference(Substring(reference))
        if parts.path.isEmpty { return AbsoluteURL(self, path: path, query: parts.query ?? query) }
        let folder = path.utf8.prefix(
            upTo: path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.utf8.startIndex)
        let isAbsolute = parts.path.utf8.first == UInt8(ascii: "/")
        let merged = isAbsolute ? parts.path : "\(Substring(folder))/\(parts.path)"
        return AbsoluteURL(self, path: merged, query: parts.query).withoutDots()
    }

    /// RFC 3986 §5.2.4.
    private func withoutDots() -> AbsoluteURL {
        let segments = path.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        )
        .map { String(Substring($0)) }
        var kept: [String] = []
        for (index, segment) in segments.enumerated() {
            guard segment == "." || segment == ".." else {
                kept.append(segment)
                continue
            }
            if segment == "..", !kept.isEmpty { kept.removeLast() }
            if index == segments.count - 1 { kept.append("") }
        }
        return AbsoluteURL(self, path: "/" + kept.joined(separator: "/"), query: query)
    }

    /// RFC 3986 §3.1: a letter, then letters, digits, `+`, `-` and `.`, up to a colon.
    private static func hasScheme(_ reference: String) -> Bool {
        let name = reference.utf8.prefix { $0 != UInt8(ascii: ":") }
        guard name.endIndex < reference.utf8.endIndex, let first = name.first else { return false }
        return (0x61...0x7A).contains(ASCII.lowercased(first))
            && name.allSatisfy { byte in
                switch ASCII.lowercased(byte) {
                case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
                default: false
                }
            }
    }

    /// A path and a query, without the fragment behind them.
    private struct Reference {
        let path: String
        let query: String?

        init(_ text: Substring) {
            let whole = text.utf8.prefix { $0 != UInt8(ascii: "#") }
            let path = whole.prefix { $0 != UInt8(ascii: "?") }
            self.path = PercentEncoding.encode(Substring(path), keeping: PercentEncoding.isPathByte)
            query =
                path.endIndex < whole.endIndex
                ? PercentEncoding.encode(Substring(whole[path.endIndex...].dropFirst())) {
                    (0x21...0x7E).contains($0)
                }
                : nil
        }
    }
}

extension AbsoluteURL: CustomStringConvertible {
    package var description: String {
        let port = port == scheme.defaultPort ? "" : ":\(port)"
        return "\(scheme.rawValue)://\(host.urlText)\(port)\(target)"
    }
}

/// What stands between `//` and the path of a URL (RFC 3986 §3.2).
package struct URLAuthority: Hashable, Sendable {
    /// As it was written, percent-encoded.
    package let userInfo: String?
    package let host: HostName
    /// Nil where none is named.
    package let port: Int?

    package init(_ text: Substring) throws(URLFault) {
        let bytes = text.utf8
        let at = bytes.lastIndex(of: UInt8(ascii: "@"))
        userInfo = at.map { String(text[..<$0]) }
        let place = at.map { bytes[bytes.index(after: $0)...] } ?? bytes[...]
        let name: Substring.UTF8View
        if place.first == UInt8(ascii: "["), let end = place.firstIndex(of: UInt8(ascii: "]")) {
            name = place[...end]
        } else {
            name = place.prefix { $0 != UInt8(ascii: ":") }
        }
        let rest = place[name.endIndex...]
        // Several colons: an address whose brackets were forgotten.
        if place.first != UInt8(ascii: "["), rest.dropFirst().contains(UInt8(ascii: ":")) {
            throw .host(.badIPv6)
        }
        do throws(HostFault) { host = try HostName(Substring(name)) } catch { throw .host(error) }
        if rest.isEmpty {
            port = nil
        } else {
            guard rest.first == UInt8(ascii: ":"), let number = ASCII.decimal(Substring(rest.dropFirst())),
                (1...65535).contains(number)
            else { throw .port }
            port = number
        }
    }

    /// Whether a byte ends an authority.
    package static func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}

/// Why a text is not a URL that this program connects to.
package enum URLFault: Error, Hashable, Sendable {
    case scheme
    case userInfo
    case host(HostFault)
    case port

    /// What is wrong and what to write instead, in one line.
    package var summary: String {
        switch self {
        case .scheme: "it does not start with http://, https://, ws:// or wss://"
        case .userInfo: "it contains a user name or a password; remove everything before the @"
        case .host(let fault): fault.summary
        case .port: "the port is not a number from 1 to 65535"
        }
    }
}
