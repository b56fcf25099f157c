/// The settings of the bridge, complete and checked.
package struct SkillConfiguration: Equatable, Sendable {
    package var apiKey: String
    /// Of the socket: ws or wss, ending in `/ws`.
    package var socketURL: String
    /// Of REST: http or https, with `/v1`, without a trailing slash.
    package var restURL = ""
    /// Of the gateway, without a trailing slash.
    package var gatewayURL: String
    package var gatewayToken: String?
    /// 64 hexadecimal digits, colons allowed.
    package var gatewayFingerprint: String?
    package var agentID: String
    package var ownerName: String?
    package var agentName: String?
    package var greeting: String?
    /// permessage-deflate is offered to the service.
    package var usesCompression = true
    /// The session that questions go to (shared/spec/gateway.md B6).
    package var sessionKey: String
    package var sessionChoice = SessionChoice.main
    package var agentLink = AgentLinkChoice.sessionsSend
    package var conversation = ConversationConfiguration()
    /// Senders whose texts are answered (E.164); nil means all.
    package var smsAllow: [String]?
    package var reportCalls = ReportScope.all
    /// From the end of the last call until reports go out.
    package var reportsAfter = Duration.seconds(120)
    /// error, warning, notice or info.
    package var logLevel = "info"
    /// Where metrics are served; nil serves none.
    package var metricsListen: ListenAddress?
    /// Missions are followed by the running bridge.
    package var fliesMissions = false
    /// Things that are odd but not wrong, a line each.
    package var warnings: [String]

    package init(
        apiKey: String, socketURL: String, gatewayURL: String, gatewayToken: String?, agentID: String,
        ownerName: String? = nil, agentName: String? = nil, greeting: String? = nil, warnings: [String] = []
    ) {
        (self.apiKey, self.socketURL, self.gatewayURL) = (apiKey, socketURL, gatewayURL)
        (self.gatewayToken, self.agentID, self.ownerName) = (gatewayToken, agentID, ownerName)
        (self.agentName, self.greeting, self.warnings) = (agentName, greeting, warnings)
        sessionKey = "agent:\(agentID):main"
    }
}
