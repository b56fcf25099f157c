/// What the questions came to, beside what stands in the new skill-config.json.
struct SetupAnswers {
    /// A key that goes into .env.
    var keyForEnvFile: String?
    var gatewayURL: String
    var agentID: String
    /// The agent's name, for a voice agent.
    var agentName: String?
    /// The gateway is to have its chat endpoint on.
    var wantsChatEndpoint: Bool
}
