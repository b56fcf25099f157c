/// Names of hosts.
package enum HostName {
    /// Whether a host is this machine by its name: `localhost` and names below it (RFC 6761 §6.3), 127.0.0.0/8, `::1`.
    package static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]" {
            return true
        }
        return host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
    }
}
