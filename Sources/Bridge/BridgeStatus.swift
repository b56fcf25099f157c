/// What the bridge is doing, at one moment.
package struct BridgeStatus: Equatable, Sendable {
    package let line: ServiceLine.State
    /// How long the line has been in this state.
    package let lineSince: Duration
    /// Since the last pong or login; nil before the first.
    package let lastPongAge: Duration?
    package let reconnects: Int
    /// Whether a telephone for approvals is paired; nil when the service does not say.
    package let hasDevices: Bool?
    package let liveCalls: Int
    package let openQuestions: Int
    /// Requests that wait for the owner's yes.
    package let approvalsWaiting: Int
    package let answered: Int
    package let failed: Int
    /// Answers that the service has not confirmed.
    package let undelivered: Int
    /// Texts that are not answered, and calls that the agent was not told of.
    package let textsWaiting: Int
    package let reportsWaiting: Int
    /// How the agent is asked now.
    package let form: String
    /// How often a question was lost because the gateway began its session anew.
    package let lostSessions: Int
    package let roundTrip: Duration?
    package let outages: Outages
    package let answerTimes: AnswerTimes
    /// The longest time for which somebody who had asked heard nothing.
    package let longestSilence: Duration
    /// nil before the first look.
    package let gateway: GatewayMonitor.Health?
    /// The bridge's clock at this moment, for the times in here.
    package let now: Duration
}

extension BridgeStatus {
    /// A pong may be up to two ping intervals old on a good line.
    private static let freshPong = Duration.seconds(45)
    /// How long nothing may be found before the network counts as gone.
    private static let patience = Duration.seconds(180)

    /// Authenticated, and pings are answered.
    package var isConnected: Bool { line == .ready && lastPongAge.map { $0 < Self.freshPong } ?? false }

    /// Whether for 3 minutes no name was resolved, nor a route found, and the gateway did not answer either.
    package var hasNoNetwork: Bool {
        guard let since = outages.withoutNetworkSince, let gateway, !gateway.isLive else { return false }
        return now - since >= Self.patience && now - gateway.since >= Self.patience
    }
}
