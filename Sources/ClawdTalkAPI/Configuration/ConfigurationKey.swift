/// One key of skill-config.json. ``all`` is the only list: loading, warnings, help and docs come from it.
package struct ConfigurationKey: Sendable {
    package enum Kind: String, Sendable {
        case text
        case url
        /// true or false.
        case flag
        /// Masked wherever it is shown.
        case secret
        /// Known from older clients; has no effect.
        case ignored
    }

    package let name: String
    package let kind: Kind
    package let defaultValue: String?
    package let meaning: String
    /// Environment variables that take precedence over the file, best first.
    package let variables: [String]

    package static let apiKey = Self(
        name: "api_key", kind: .secret, defaultValue: nil,
        meaning: "The API key from the ClawdTalk dashboard; begins with cc_.",
        variables: ["CLAWDTALK_API_KEY"])
    package static let server = Self(
        name: "server", kind: .url, defaultValue: "https://clawdtalk.com",
        meaning: "The service; http, https, ws or wss.", variables: ["CLAWDTALK_SERVER"])
    package static let gatewayURL = Self(
        name: "gateway_url", kind: .url, defaultValue: "http://127.0.0.1:18789",
        meaning: "The OpenClaw gateway.", variables: ["OPENCLAW_GATEWAY_URL", "CLAWDBOT_GATEWAY_URL"])
    package static let gatewayToken = Self(
        name: "gateway_token", kind: .secret, defaultValue: nil,
        meaning: "The gateway's token; without it the one in openclaw.json is used.",
        variables: ["OPENCLAW_GATEWAY_TOKEN", "CLAWDBOT_GATEWAY_TOKEN"])
    package static let gatewayFingerprint = Self(
        name: "gateway_tls_fingerprint", kind: .text, defaultValue: nil,
        meaning: "SHA-256 fingerprint of the only certificate that an https gateway may show.", variables: [])
    package static let agentID = Self(
        name: "agent_id", kind: .text, defaultValue: "main", meaning: "The agent that answers.", variables: []
    )
    package static let ownerName = Self(
        name: "owner_name", kind: .text, defaultValue: nil, meaning: "What the agent calls its owner.",
        variables: [])
    package static let agentName = Self(
        name: "agent_name", kind: .text, defaultValue: nil, meaning: "What the agent calls itself.",
        variables: [])
    package static let greeting = Self(
        name: "greeting", kind: .text, defaultValue: nil, meaning: "The first sentence of a call.",
        variables: [])
    package static let permessageDeflate = Self(
        name: "permessage_deflate", kind: .flag, defaultValue: "true",
        meaning: "Whether to offer compression to the service (RFC 7692).", variables: [])
    package static let maxConversationTurns = Self(
        name: "max_conversation_turns", kind: .ignored, defaultValue: nil,
        meaning: "Of older clients; ignored.",
        variables: [])

    package static let all = [
        apiKey, server, gatewayURL, gatewayToken, gatewayFingerprint, agentID, ownerName, agentName, greeting,
        permessageDeflate,
        maxConversationTurns,
    ]
}
