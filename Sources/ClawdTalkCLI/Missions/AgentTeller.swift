import Agent
import ClawdTalkAPI
import Logging
import Missions
import OpenClaw
import Transport

/// Tells the agent's session through the gateway what happened in a mission.
struct AgentTeller: MissionTeller {
    let settings: CommandSettings
    let loop: EventLoop
    /// Of the bridge in this process, whose questions these wait behind; nil where there is none.
    let lanes: LoopBound<Lanes>?
    let log: Logger

    private static let timeLimit = Duration.seconds(60)

    func tell(_ text: String, number: UInt32, mayBeKnown since: Int?) async -> TellResult {
        guard let configuration = try? settings.load() else { return .notTold }
        let receipt = Marker(number).receipt
        var question = AgentQuestion(.report, text: text, timeLimit: Self.timeLimit)
        question.wantsReply = false
        question.earlier = since.map { EarlierAsking(receipt: receipt, since: $0) }
        let (outcomes, feed) = AsyncStream.makeStream(of: TurnOutcome.self)
        let asked: ()? = try? await loop.run { [self, question] in
            let lanes = lanes?.value ?? ownLanes(configuration)
            lanes.ask(question, as: receipt) { update in
                // They live as long as the turn.
                withExtendedLifetime(lanes) {
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

    private func ownLanes(_ configuration: SkillConfiguration) -> Lanes {
        let tokens = GatewayTokens(settings)
        let trust = GatewayTrust.make(configuration, settings)
        return BridgeHost.lanes(
            configuration, http: LoopHTTP(HTTPPool(on: loop, tls: TLSProvider(trust).context)),
            time: LoopTimekeeper(loop), tokens: { tokens.readableCandidates() }, isChatEnabled: { false },
            log: log)
    }
}
