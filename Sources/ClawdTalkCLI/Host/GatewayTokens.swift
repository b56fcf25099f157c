import ClawdTalkAPI
import OpenClaw
import Storage
import Wire

/// The tokens to try at the gateway, read anew each time: the configured one, and for a gateway on this
/// machine the ones in openclaw.json itself.
struct GatewayTokens: Sendable {
    private var settings: CommandSettings

    init(_ settings: CommandSettings) {
        self.settings = settings
        // The key is of no matter to the gateway.
        self.settings.toleratesMissingKey = true
    }

    /// The same; nil when they cannot be read now, because too many files are open. What cannot be read is otherwise as if
    /// it was not there, and the gateway would be asked without a token.
    func readableCandidates() -> [String]? { DescriptorTable.isFull ? nil : candidates() }

    func candidates() -> [String] {
        guard let configuration = try? settings.load() else { return [] }
        var tokens = configuration.gatewayToken.map { [$0] } ?? []
        guard Self.isLocal(configuration.gatewayURL) else { return tokens }
        for token in (try? settings.openClawConfiguration())?.auth.candidates ?? []
        where !tokens.contains(token) {
            tokens.append(token)
        }
        return tokens
    }

    /// Whether a URL leads to this machine; false for what is not a URL.
    static func isLocal(_ url: String) -> Bool { (try? AbsoluteURL(url))?.host.isLoopback == true }

    /// Whether two URLs lead to the same gateway: `localhost` and `127.0.0.1` do.
    static func isSame(_ url: String, _ other: String) -> Bool {
        guard let one = try? AbsoluteURL(url), let two = try? AbsoluteURL(other) else { return url == other }
        return one.isSamePlace(as: two)
    }
}
