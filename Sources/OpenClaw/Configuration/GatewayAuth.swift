import Foundation
import JSON5

/// How a local gateway knows its callers, and which of its credentials can be read here
/// (shared/spec/gateway.md A5, C5). The same header serves for token and password.
package struct GatewayAuth: Equatable, Sendable {
    package enum Mode: String, Sendable {
        case token, password, none
        /// A proxy names the caller; callers of the same host may use the password.
        case trustedProxy = "trusted-proxy"
    }

    /// nil when the configuration leaves it open.
    package let mode: Mode?
    /// Best first.
    package let candidates: [String]
    /// Credentials that are kept where only the gateway gets at them, each with the variable that takes their
    /// place.
    package let unreadable: [String]
}

extension OpenClawConfiguration {
    package var auth: GatewayAuth {
        let block = value[path: ["gateway", "auth"]]
        let mode = block?["mode"]?.string.flatMap(GatewayAuth.Mode.init(rawValue:))
        if mode == GatewayAuth.Mode.none { return GatewayAuth(mode: mode, candidates: [], unreadable: []) }
        let names = mode == nil || mode == .token ? ["token", "password"] : ["password", "token"]
        var candidates: [String] = []
        var unreadable: [String] = []
        for name in names {
            let environment = "OPENCLAW_GATEWAY_" + name.uppercased()
            let found = block?[name].map { SecretReader(configuration: self).value(of: $0) }
            switch found {
            case .value(let text): candidates.append(text)
            case .unreadable(let why):
                unreadable.append("gateway.auth.\(name) \(why); set \(environment)")
            case .absent, nil: break
            }
            if let text = variable(environment) { candidates.append(text) }
        }
        var seen: Set<String> = []
        return GatewayAuth(
            mode: mode, candidates: candidates.filter { seen.insert($0).inserted }, unreadable: unreadable)
    }
}
