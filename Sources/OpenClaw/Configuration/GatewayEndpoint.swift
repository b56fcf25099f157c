import JSON5
import Wire

/// Where a local gateway listens, by its own configuration (shared/spec/gateway.md A5, C6).
package struct GatewayEndpoint: Equatable, Sendable {
    /// Without a trailing slash.
    package let baseURL: String
    /// The certificate that the gateway shows, in PEM, when it speaks TLS.
    package let certificatePath: String?
}

extension OpenClawConfiguration {
    package static let defaultPort = 18789

    /// The URL of the gateway that this machine only uses (`gateway.mode: remote`); nil when it has its own. Empty
    /// when the configuration does not name it.
    package var remoteGateway: String? {
        guard value[path: ["gateway", "mode"]]?.string == "remote" else { return nil }
        return value[path: ["gateway", "remote", "url"]]?.string ?? ""
    }

    package var endpoint: GatewayEndpoint {
        let gateway = value["gateway"]
        let hasTLS = gateway?[path: ["tls", "enabled"]]?.bool == true
        let url = "\(hasTLS ? "https" : "http")://\(host(gateway)):\(port(gateway))"
        return GatewayEndpoint(baseURL: url, certificatePath: hasTLS ? certificatePath(gateway) : nil)
    }

    /// Loopback works for all but a gateway that is bound to one other address.
    private func host(_ gateway: JSON5Value?) -> String {
        guard gateway?["bind"]?.string == "custom", let text = gateway?["customBindHost"]?.string,
            !text.isEmpty
        else { return HostName.loopback.urlText }
        // What is not a host stays as it is: the URL is refused with its reason where it is used.
        guard let host = try? HostName(text) else { return text }
        guard host.address?.isUnspecified != true else { return HostName.loopback.urlText }
        return host.urlText
    }

    /// Whether the gateway listens on an address that its configuration does not tell.
    package var hasUnknownAddress: Bool { value[path: ["gateway", "bind"]]?.string == "tailnet" }

    private func port(_ gateway: JSON5Value?) -> Int {
        // `N`, `host:N` or `[v6]:N`.
        let named = variable("OPENCLAW_GATEWAY_PORT").flatMap {
            $0.split(separator: ":").last.flatMap { Int($0) }
        }
        let configured = gateway?["port"]?.number.flatMap { Int(exactly: $0) }
        return [named, configured].compactMap { $0 }.first { (1...65_535).contains($0) } ?? Self.defaultPort
    }

    private func certificatePath(_ gateway: JSON5Value?) -> String {
        let location = source.location
        let named = gateway?[path: ["tls", "certPath"]]?.string
        return named.map { OpenClawLocation.expanded($0, home: location.home, location.stateFolder) }
            ?? location.stateFolder + "/gateway/tls/gateway-cert.pem"
    }
}
