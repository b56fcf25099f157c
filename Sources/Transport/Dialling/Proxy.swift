import Foundation
import Wire

/// An HTTP proxy that tunnels by CONNECT (RFC 9110 §9.3.6).
package struct Proxy: Equatable, Sendable {
    package let host: String
    package let port: Int
    /// The value of Proxy-Authorization, nil without credentials.
    package let authorization: String?

    /// The proxy for an endpoint: of `HTTPS_PROXY` or `https_proxy`, for secure endpoints that `NO_PROXY` does not name.
    /// Loopback never has one.
    /// - Throws: ``TransportFailure/badProxy(_:)`` for a value that names no HTTP proxy.
    package static func named(in environment: [String: String], for endpoint: Endpoint) throws(TransportFailure)
        -> Proxy?
    {
        let variables = ["HTTPS_PROXY", "https_proxy"].lazy.compactMap { environment[$0] }
        guard let value = variables.first(where: { !$0.isEmpty }), endpoint.isSecure,
            !HostName.isLoopback(endpoint.host)
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

    /// `http://user:password@host:port`; scheme and credentials may be missing.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text.contains("://") ? text : "http://" + text),
            parts.scheme?.lowercased() == "http",
            let host = parts.host?.trimmingCharacters(in: ["[", "]"]), !host.isEmpty,
            (1...65535).contains(parts.port ?? 80)
        else { return nil }
        (self.host, port) = (host, parts.port ?? 80)
        authorization = parts.user.map { user in
            "Basic " + Data("\(user):\(parts.password ?? "")".utf8).base64EncodedString()
        }
    }

    /// A list of hosts, each also for the names below it; a port narrows it; `*` is all.
    private static func isExcluded(_ endpoint: Endpoint, by list: String) -> Bool {
        list.split(separator: ",").contains { entry in
            var name = entry.trimmingCharacters(in: .whitespaces).lowercased()
            if name == "*" { return true }
            if let colon = name.lastIndex(of: ":"), let port = Int(name[name.index(after: colon)...]),
                name.first == "[" || !name[..<colon].contains(":")
            {
                guard port == endpoint.port else { return false }
                name = String(name[..<colon])
            }
            name = name.trimmingCharacters(in: ["[", "]"])
            if name.hasPrefix("*.") { name.removeFirst() }
            if name.hasPrefix(".") { name.removeFirst() }
            return !name.isEmpty && (endpoint.host == name || endpoint.host.hasSuffix("." + name))
        }
    }
}
