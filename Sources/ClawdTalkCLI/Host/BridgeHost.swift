import Agent
import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import OpenClaw
import Ports
import Transport

/// A bridge with its socket, its HTTP client and its clock, all on one loop. Loop only.
final class BridgeHost {
    let bridge: Bridge

    /// Where what outlives the process is kept, and by whom it is written.
    struct KeptHome {
        let folder: HomeFolder
        let storage: LoopStorage
    }

    /// - Parameters:
    ///   - trust: of the service; of the gateway there is its own.
    ///   - tokens: gives the gateway's tokens, best first.
    ///   - isChatEnabled: what openclaw.json says of the chat endpoint, nil when it does not say.
    ///   - home: where what outlives the process is kept; nil keeps nothing.
    init(
        _ configuration: SkillConfiguration, on loop: EventLoop, trust: TLSContext.Trust = .system,
        gatewayTrust: TLSContext.Trust = .system, tokens: @escaping () -> [String]?,
        isChatEnabled: @escaping () -> Bool? = { nil }, home: KeptHome? = nil, log: Logger
    ) {
        let time = LoopTimekeeper(loop)
        let tls = TLSProvider(trust)
        let gatewayTLS = gatewayTrust == trust ? tls : TLSProvider(gatewayTrust)
        let gateway = LoopHTTP(HTTPPool(on: loop, tls: gatewayTLS.context))
        let lanes = Self.lanes(
            configuration, http: gateway, time: time, tokens: tokens, isChatEnabled: isChatEnabled, log: log)
        var ports = BridgePorts(
            connector: LoopWebSocket(
                url: configuration.socketURL, on: loop, tls: tls, offersDeflate: configuration.usesCompression
            ),
            lanes: lanes,
            requests: ServiceRequests(
                rest: ServiceREST(baseURL: configuration.restURL, apiKey: configuration.apiKey),
                http: LoopHTTP(HTTPPool(on: loop, route: ServiceRoute.proxy, tls: tls.context))),
            time: time, chance: .system)
        ports.gateway = Self.monitor(lanes.agent, time: time, log: log)
        if let home { Self.keep(in: home, configuration, log: log, &ports) }
        let bridge = Bridge(settings: BridgeSettings(configuration), ports: ports, log: log)
        self.bridge = bridge
        loop.onWakeFromSleep { [weak bridge] in bridge?.machineWoke() }
    }

    private static func monitor(
        _ agent: any AgentPort, time: LoopTimekeeper, log: Logger
    ) -> GatewayMonitor {
        let monitor = GatewayMonitor(agent, time: time)
        monitor.onChange = { health in
            guard let problem = health.problem else { return log.notice("the gateway is live again") }
            log.warning("the gateway is not live", metadata: ["reason": "\(problem)"])
        }
        return monitor
    }

    private static func keep(
        in home: KeptHome, _ configuration: SkillConfiguration, log: Logger, _ ports: inout BridgePorts
    ) {
        let (folder, storage) = (home.folder, home.storage)
        let clock = SteadyClock(
            LocalJournalFile(folder.clockPath), time: ports.time, unixTime: { Int(time(nil)) }, log: log)
        ports.clock = clock
        ports.messages = MessagePorts(
            settings: MessageSettings(configuration),
            texts: FileSpool(folder.textsPath, storage: storage, log: log),
            reports: FileSpool(folder.reportsPath, storage: storage, log: log),
            clock: clock)
        let timers = ports.time
        ports.journal = CallJournal(
            LocalJournalFile(folder.journalPath), now: { clock.now },
            soon: { timers.schedule(after: .zero, $0) })
        let (calls, days) = (CallFolder(path: folder.callsPath), configuration.conversation.transcriptDays)
        storage.perform { calls.removeOlder(thanDays: days) }
        ports.recorder = recorder(in: home, configuration.conversation, log: log)
    }

    /// nil when calls are not to be kept.
    static func recorder(
        in home: KeptHome, _ conversation: ConversationConfiguration, log: Logger
    ) -> FileCallRecorder? {
        guard conversation.keepsTranscripts else { return nil }
        return FileCallRecorder(
            CallFolder(path: home.folder.callsPath), days: conversation.transcriptDays,
            storage: home.storage, log: log)
    }

    /// Which sessions are asked.
    static func policy(_ configuration: SkillConfiguration) -> SessionPolicy {
        switch configuration.sessionChoice {
        case .main: .main
        case .call: .call
        }
    }

    /// The way to the agent: one for all who ask it in this process.
    static func lanes(
        _ configuration: SkillConfiguration, http: LoopHTTP, time: LoopTimekeeper,
        tokens: @escaping () -> [String]?, isChatEnabled: @escaping () -> Bool?, log: Logger
    ) -> Lanes {
        let agent = OpenClawAgent(
            settings: OpenClawAgent.Settings(
                baseURL: configuration.gatewayURL, sessionKey: configuration.sessionKey,
                agentID: configuration.agentID, wantsChat: configuration.agentLink == .chat),
            http: http, time: time, tokens: tokens, isChatEnabled: isChatEnabled
        ) { event, detail in
            log.notice("\(event)", metadata: detail.isEmpty ? nil : ["detail": "\(detail)"])
        }
        return Lanes(agent, policy: policy(configuration), time: time)
    }
}
