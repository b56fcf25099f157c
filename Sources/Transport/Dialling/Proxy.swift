import Foundation
package import Wire

/// An HTTP proxy that tunnels by CONNECT (RFC 9110 §9.3.6).
package struct Proxy: Equatable, Sendable {
    package let host: HostName
    package let port: Int
    /// The value of Proxy-Authorization, nil without credentials.
    package let authorization: String?

    /// The proxy for an endpoint: of `HTTPS_PROXY` or `https_proxy`, for secure endpoints that `NO_PROXY` does not name.
    /// Loopback never has one.
    /// - Throws: ``TransportFailure/badProxy(_:)`` for a value that names no HTTP proxy.
    package static func named(in environment: [String: String], for endpoint: Endpoint)
        throws(TransportFailure)
        -> Proxy?
    {
        let variables = ["HTTPS_PROXY", "https_proxy"].lazy.compactMap { environment[$0] }
        guard let value = variables.first(where: { !$0.isEmpty }), endpoint.isSecure,
            !endpoint.host.isLoopback
        else {
            return nil
        }
        let excluded =
            ["NO_PROXY", "no_proxy"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        guard !isExcluded(endpoint, by: excluded) else { return nil }
        guard let proxy = Proxy(value) else {
            // It may hold a password.
            throw .badProxy(value.contains("@") ? "its value" : value)
        }
        return proxy
    }

    /// `http://user:password@host:port`; scheme, credentials and port may be missing.
    init?(_ text: String) {
        var rest = Substring(text)
        if let mark = rest.firstRange(of: "://") {
            guard ASCII.equalsIgnoringCase(String(rest[..<mark.lowerBound]), "http") else { return nil }
            rest = rest[mark.upperBound...]
        }
        let place = Substring(rest.utf8.prefix { !URLAuthority.isEnd($0) })
        guard let authority = try? URLAuthority(place) else { return nil }
        (host, port) = (authority.host, authority.port ?? 80)
        authorization = authority.userInfo.map { userInfo in
            // RFC 7617 §2: the first colon ends the user's name.
            let parts = userInfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let (user, password) = (parts[0], parts.count > 1 ? parts[1] : "")
            let credentials = "\(PercentEncoding.decode(user)):\(PercentEncoding.decode(password))"
            return "Basic " + Data(credentials.utf8).base64EncodedString()
        }
    }

    /// A list of hosts, each also for the names below it; a port narrows it; `*` is all.
    private static func isExcluded(_ endpoint: Endpoint, by list: String) -> Bool {
        list.split(separator: ",").contains { entry in
            var name = ASCII.trimmed(entry)
            if name == "*" { return true }
            if let colon = name.lastIndex(of: ":"),
                let port = ASCII.decimal(name[name.index(after: colon)...]),
                name.first == "[" || !name[..<colon].contains(":")
            {
                guard port == endpoint.port else { return false }
                name = name[..<colon]
            }
            if name.hasPrefix("*.") { name.removeFirst() }
            if name.hasPrefix(".") { name.removeFirst() }
            guard let host = try? HostName(name) else { return false }
            return endpoint.host.isWithin(host)
        }
    }
}
