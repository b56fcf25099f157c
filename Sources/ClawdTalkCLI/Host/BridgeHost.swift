import Bridge
import ClawdTalkAPI
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
    init(
        _ configuration: SkillConfiguration, on loop: EventLoop, trust: TLSContext.Trust = .system,
        gatewayTrust: TLSContext.Trust = .system, tokens: @escaping () -> [String],
        isChatEnabled: @escaping () -> Bool? = { nil }, watchedFiles: [String] = [], log: Logger,
        adjust: (inout BridgeSettings) -> Void = { _ in }
    ) {
        let time = LoopTimekeeper(loop)
        let tls = TLSProvider(trust)
        var settings = BridgeSettings(
            apiKey: configuration.apiKey, sessionKey: configuration.sessionKey,
            ownerName: configuration.ownerName, agentName: configuration.agentName,
            greeting: configuration.greeting)
        adjust(&settings)
        let bridge = Bridge(
            settings: settings,
            connector: LoopServiceConnector(
                url: configuration.socketURL, on: loop, tls: tls, offersDeflate: configuration.usesCompression
            ),
            link: Self.link(
                configuration, on: loop, time: time,
                tls: gatewayTrust == trust ? tls : TLSProvider(gatewayTrust),
                tokens: tokens, isChatEnabled: isChatEnabled, log: log),
            time: time,
            random: { .random(in: 0...1) }, log: log)
        self.bridge = bridge
        loop.onWakeFromSleep { [weak bridge] in bridge?.machineWoke() }
        if !watchedFiles.isEmpty {
            watch = FileWatch(watchedFiles, time: time) {
                log.notice("configuration files changed, asking the gateway about the token again")
                bridge.credentialsChanged()
            }
        }
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
