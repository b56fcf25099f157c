import JSON5

extension OpenClawConfiguration {
    static let chatEndpointPath = ["gateway", "http", "endpoints", "chatCompletions", "enabled"]

    /// Whether the gateway serves `POST /v1/chat/completions`; off unless it says so.
    package var isChatEndpointEnabled: Bool { value[path: Self.chatEndpointPath]?.bool ?? false }
}
