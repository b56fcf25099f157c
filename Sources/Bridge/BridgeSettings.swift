package import ClawdTalkAPI

/// What the bridge's behaviour depends on.
package struct BridgeSettings: Equatable, Sendable {
    package var apiKey: String
    package var ownerName: String?
    package var agentName: String?
    /// The first sentence of a call, in place of the language's own.
    package var greeting: String?
    package var conversation = ConversationConfiguration()

    package init(apiKey: String) { self.apiKey = apiKey }

    package init(_ configuration: SkillConfiguration) {
        self.init(apiKey: configuration.apiKey)
        (ownerName, agentName) = (configuration.ownerName, configuration.agentName)
        (greeting, conversation) = (configuration.greeting, configuration.conversation)
    }

    var authentication: ClientMessage {
        .authenticate(apiKey: apiKey, ownerName: ownerName, agentName: agentName)
    }

    var voice: VoiceInstructions {
        VoiceInstructions(ownerName: ownerName, agentName: agentName, language: conversation.language)
    }
}
