/// What the bridge's behaviour depends on.
package struct BridgeSettings: Equatable, Sendable {
    package var apiKey: String
    package var sessionKey: String
    package var ownerName: String?
    package var agentName: String?
    package var greeting: String?
    /// From a question's arrival to the honest sentence that there is no answer, waiting in the queue
    /// included.
    package var replyTimeLimit = Duration.seconds(110)
    package var progress = ProgressPacer.Pace()

    package init(
        apiKey: String, sessionKey: String, ownerName: String? = nil, agentName: String? = nil,
        greeting: String? = nil
    ) {
        (self.apiKey, self.sessionKey) = (apiKey, sessionKey)
        (self.ownerName, self.agentName, self.greeting) = (ownerName, agentName, greeting)
    }

    var voice: VoiceInstructions {
        VoiceInstructions(ownerName: ownerName, agentName: agentName, greeting: greeting)
    }
}
