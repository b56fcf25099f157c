/// One key of skill-config.json; a dot in its name means an object in an object. ``all`` is the only list: loading, warnings, help and docs come from it.
package struct ConfigurationKey: Sendable {
    package enum Kind: String, Sendable {
        case text
        case url
        /// true or false.
        case flag
        case number
        /// One of a few words.
        case choice
        /// Several texts.
        case list
        /// An object of texts.
        case texts
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
    /// Of a number.
    package var range: ClosedRange<Double> = 0...Double.infinity
    /// Of a choice.
    package var choices: [String] = []

    init(
        name: String, kind: Kind, defaultValue: String?, meaning: String, variables: [String]
    ) {
        (self.name, self.kind, self.defaultValue) = (name, kind, defaultValue)
        (self.meaning, self.variables) = (meaning, variables)
    }

    init(_ name: String, _ kind: Kind, _ defaultValue: String? = nil, _ meaning: String) {
        self.init(name: name, kind: kind, defaultValue: defaultValue, meaning: meaning, variables: [])
    }

    init(
        _ name: String, number defaultValue: String, in range: ClosedRange<Double>, _ meaning: String
    ) {
        self.init(name, .number, defaultValue, meaning)
        self.range = range
    }

    init(_ name: String, choice choices: [String], _ defaultValue: String, _ meaning: String) {
        self.init(name, .choice, defaultValue, meaning)
        self.choices = choices
    }

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
    package static let sessionKey = Self(
        "session_key", .text, nil,
        "The session that is asked; without it the agent's main one, agent:ID:main.")
    package static let session = Self(
        "session", choice: ["main", "call"], "main",
        "main: one session for everything; call: one for each call and each text message sender.")
    package static let agentLink = Self(
        "agent_link", choice: ["sessions_send", "chat"], "sessions_send",
        "How the agent is asked: sessions_send, or chat (/v1/chat/completions, streamed) where the gateway has it on."
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

    package static let all =
        [
            apiKey, server, gatewayURL, gatewayToken, gatewayFingerprint, agentID, sessionKey, session,
            agentLink,
            ownerName, agentName, greeting,
        ] + conversation + messages + operations + [permessageDeflate, maxConversationTurns]
}
