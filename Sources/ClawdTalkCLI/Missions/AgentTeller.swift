import ClawdTalkAPI
import Logging
import Missions
import OpenClaw
import Transport

/// Tells the agent's session through the gateway what happened in a mission.
struct AgentTeller: MissionTeller {
    let settings: CommandSettings
    let loop: EventLoop
    let log: Logger

    private static let timeLimit = Duration.seconds(60)

    func tell(_ text: String, number: UInt32, mayBeKnown since: Int?) async -> TellResult {
        guard let configuration = try? settings.load() else { return .notTold }
        var question = AgentQuestion(
            sessionKey: configuration.sessionKey, text: text, timeLimit: Self.timeLimit)
        question.wantsReply = false
        question.earlier = since.map { EarlierAsking(marker: Marker(number), since: $0) }
        let (outcomes, feed) = AsyncStream.makeStream(of: TurnOutcome.self)
        let (settings, loop, log) = (settings, loop, log)
        let trust = GatewayTrust.make(configuration, settings)
        let asked: ()? = try? await loop.run { [question] in
            let tokens = GatewayTokens(settings)
            let link = AgentLink(
                settings: AgentLink.Settings(baseURL: configuration.gatewayURL),
                http: LoopHTTP(HTTPPool(on: loop, tls: TLSProvider(trust).context)),
                time: LoopTimekeeper(loop),
                tokens: { tokens.readableCandidates() }, makeMarker: { Marker(number) }
            ) { event, _ in log.notice("\(event)") }
            link.ask(question) { update in
                // The link lives as long as its turn.
                withExtendedLifetime(link) {
                    if case .finished(let outcome) = update { feed.yield(outcome) }
                }
            }
        }
        guard asked != nil, let outcome = await outcomes.first(where: { _ in true }) else {
            return .uncertain
        }
        switch outcome {
        case .reply, .noReply, .saidInFull, .failed(.agentFailed): return .told
        // After a second look there is nothing more to be found out.
        case .failed(.uncertain), .failed(.timedOut): return since == nil ? .uncertain : .told
        case .failed: return since == nil ? .notTold : .uncertain
        }
    }
}
