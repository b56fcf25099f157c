import ClawdTalkAPI
import OpenClaw

/// What openclaw.json says of the chat endpoint, read anew each time; nil when it is not the configured gateway's, or
/// cannot be read.
struct ChatEndpoint: Sendable {
    let settings: CommandSettings
    let gatewayURL: String

    func isEnabled() -> Bool? {
        guard let file = try? settings.openClawConfiguration(), file.remoteGateway == nil,
            GatewayTokens.isSame(gatewayURL, file.endpoint.baseURL)
        else { return nil }
        return file.isChatEndpointEnabled
    }
}
