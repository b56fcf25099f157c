import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import OpenClaw
import Transport

/// A bridge with its socket, its HTTP client and its clock, all on one loop. Loop only.
final class BridgeHost {
    let bridge: Bridge
    private var watch: FileWatch?

    /// - Parameters:
    ///   - trust: of the service; of the gateway there is its own.
    ///   - tokens: gives the gateway's tokens, best first.
    ///   - isChatEnabled: what openclaw.json says of the chat endpoint, nil when it does not say.
    ///   - watchedFiles: files whose change may change the tokens.
    ///   - home: where what outlives the process is kept; nil keeps nothing.
    init(
        _ configuration: SkillConfiguration, on loop: EventLoop, trust: TLSContext.Trust = .system,
        gatewayTrust: TLSContext.Trust = .system, tokens: @escaping () -> [String],
        isChatEnabled: @escaping () -> Bool? = { nil }, watchedFiles: [String] = [], home: HomeFolder? = nil,
        log: Logger
    ) {
        let time = LoopTimekeeper(loop)
        let tls = TLSProvider(trust)
        var ports = BridgePorts(
            connector: LoopServiceConnector(
                url: configuration.socketURL, on: loop, tls: tls, offersDeflate: configuration.usesCompression
            ),
            link: Self.link(
                configuration, on: loop, time: time,
                tls: gatewayTrust == trust ? tls : TLSProvider(gatewayTrust),
                tokens: tokens, isChatEnabled: isChatEnabled, log: log),
            requests: ServiceRequests(
                rest: ServiceREST(baseURL: configuration.restURL, apiKey: configuration.apiKey),
                http: LoopHTTP(HTTPClient(on: loop, route: ServiceRoute.proxy, tls: tls.context))),
            time: time, random: { .random(in: 0...1) })
        if let home { Self.keep(in: home, configuration, log: log, &ports) }
        let bridge = Bridge(settings: BridgeSettings(configuration), ports: ports, log: log)
        self.bridge = bridge
        loop.onWakeFromSleep { [weak bridge] in bridge?.machineWoke() }
        if !watchedFiles.isEmpty {
            watch = FileWatch(watchedFiles, time: time) {
                log.notice("configuration files changed, asking the gateway about the token again")
                bridge.credentialsChanged()
            }
        }
    }

    private static func keep(
        in home: HomeFolder, _ configuration: SkillConfiguration, log: Logger, _ ports: inout BridgePorts
    ) {
        ports.messages = MessagePorts(
            settings: MessageSettings(configuration),
            texts: FileSpool(home.textsPath, log: log), reports: FileSpool(home.reportsPath, log: log),
            unixTime: { Int(time(nil)) })
        ports.journal = CallJournal(LocalJournalFile(home.journalPath)) { Int(time(nil)) }
        let conversation = configuration.conversation
        let calls = CallFolder(path: home.callsPath)
        calls.removeOlder(thanDays: conversation.transcriptDays)
        guard conversation.keepsTranscripts else { return }
        ports.recorder = FileCallRecorder(
            calls, days: conversation.transcriptDays, log: log)
    }

    static func link(
        _ configuration: SkillConfiguration, on loop: EventLoop, time: LoopTimekeeper, tls: TLSProvider,
        tokens: @escaping () -> [String], isChatEnabled: @escaping () -> Bool?, log: Logger
    ) -> AgentLink {
        AgentLink(
            settings: AgentLink.Settings(
                baseURL: configuration.gatewayURL,
                chatAgentID: configuration.agentLink == .chat ? configuration.agentID : nil),
            http: LoopHTTP(HTTPClient(on: loop, tls: tls.context)), time: time, tokens: tokens,
            isChatEnabled: isChatEnabled
        ) { event, detail in
            log.notice("\(event)", metadata: detail.isEmpty ? nil : ["detail": "\(detail)"])
        }
    }
}
