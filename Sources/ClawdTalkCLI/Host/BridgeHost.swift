import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import OpenClaw
import Transport

/// A bridge with its socket, its HTTP client and its clock, all on one loop. Loop only.
final class BridgeHost {
    let bridge: Bridge

    /// - Parameters:
    ///   - trust: of the service; of the gateway there is its own.
    ///   - tokens: gives the gateway's tokens, best first.
    ///   - isChatEnabled: what openclaw.json says of the chat endpoint, nil when it does not say.
    ///   - home: where what outlives the process is kept; nil keeps nothing.
    init(
        _ configuration: SkillConfiguration, on loop: EventLoop, trust: TLSContext.Trust = .system,
        gatewayTrust: TLSContext.Trust = .system, tokens: @escaping () -> [String],
        isChatEnabled: @escaping () -> Bool? = { nil }, home: HomeFolder? = nil, log: Logger
    ) {
        let time = LoopTimekeeper(loop)
        let tls = TLSProvider(trust)
        let gatewayTLS = gatewayTrust == trust ? tls : TLSProvider(gatewayTrust)
        let gateway = LoopHTTP(HTTPPool(on: loop, tls: gatewayTLS.context))
        var ports = BridgePorts(
            connector: LoopServiceConnector(
                url: configuration.socketURL, on: loop, tls: tls, offersDeflate: configuration.usesCompression
            ),
            link: Self.link(
                configuration, http: gateway, time: time, tokens: tokens, isChatEnabled: isChatEnabled,
                log: log),
            requests: ServiceRequests(
                rest: ServiceREST(baseURL: configuration.restURL, apiKey: configuration.apiKey),
                http: LoopHTTP(HTTPPool(on: loop, route: ServiceRoute.proxy, tls: tls.context))),
            time: time, random: { .random(in: 0...1) })
        ports.gateway = Self.monitor(configuration, http: gateway, time: time, log: log)
        if let home { Self.keep(in: home, configuration, log: log, &ports) }
        let bridge = Bridge(settings: BridgeSettings(configuration), ports: ports, log: log)
        self.bridge = bridge
        loop.onWakeFromSleep { [weak bridge] in bridge?.machineWoke() }
    }

    private static func monitor(
        _ configuration: SkillConfiguration, http: LoopHTTP, time: LoopTimekeeper, log: Logger
    ) -> GatewayMonitor {
        let monitor = GatewayMonitor(baseURL: configuration.gatewayURL, http: http, time: time)
        monitor.onChange = { health in
            guard let problem = health.problem else { return log.notice("the gateway is live again") }
            log.warning("the gateway is not live", metadata: ["reason": "\(problem)"])
        }
        return monitor
    }

    private static func keep(
        in home: HomeFolder, _ configuration: SkillConfiguration, log: Logger, _ ports: inout BridgePorts
    ) {
        ports.messages = MessagePorts(
            settings: MessageSettings(configuration),
            texts: FileSpool(home.textsPath, log: log), reports: FileSpool(home.reportsPath, log: log),
            unixTime: { Int(time(nil)) })
        let timers = ports.time
        ports.journal = CallJournal(
            LocalJournalFile(home.journalPath), now: { Int(time(nil)) },
            soon: { timers.schedule(after: .zero, $0) })
        CallFolder(path: home.callsPath).removeOlder(thanDays: configuration.conversation.transcriptDays)
        ports.recorder = recorder(in: home, configuration.conversation, log: log)
    }

    /// nil when calls are not to be kept.
    static func recorder(
        in home: HomeFolder, _ conversation: ConversationConfiguration, log: Logger
    ) -> FileCallRecorder? {
        guard conversation.keepsTranscripts else { return nil }
        return FileCallRecorder(
            CallFolder(path: home.callsPath), days: conversation.transcriptDays, log: log)
    }

    static func link(
        _ configuration: SkillConfiguration, http: LoopHTTP, time: LoopTimekeeper,
        tokens: @escaping () -> [String], isChatEnabled: @escaping () -> Bool?, log: Logger
    ) -> AgentLink {
        AgentLink(
            settings: AgentLink.Settings(
                baseURL: configuration.gatewayURL,
                chatAgentID: configuration.agentLink == .chat ? configuration.agentID : nil),
            http: http, time: time, tokens: tokens, isChatEnabled: isChatEnabled
        ) { event, detail in
            log.notice("\(event)", metadata: detail.isEmpty ? nil : ["detail": "\(detail)"])
        }
    }
}
