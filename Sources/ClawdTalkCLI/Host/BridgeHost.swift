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
    ///   - watchedFiles: files whose change may change the tokens.
    ///   - spool: the folder for texts and reports; without it they are not handled.
    init(
        _ configuration: SkillConfiguration, on loop: EventLoop, trust: TLSContext.Trust = .system,
        gatewayTrust: TLSContext.Trust = .system, tokens: @escaping () -> [String],
        watchedFiles: [String] = [], spool: String? = nil, log: Logger,
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
                tokens: tokens, log: log),
            time: time,
            random: { .random(in: 0...1) },
            messages: spool.map { Self.messages(configuration, on: loop, tls: tls, spool: $0, log: log) },
            log: log)
        self.bridge = bridge
        loop.onWakeFromSleep { [weak bridge] in bridge?.machineWoke() }
        if !watchedFiles.isEmpty {
            watch = FileWatch(watchedFiles, time: time) {
                log.notice("configuration files changed, asking the gateway about the token again")
                bridge.credentialsChanged()
            }
        }
    }

    private static func messages(
        _ configuration: SkillConfiguration, on loop: EventLoop, tls: TLSProvider, spool: String, log: Logger
    ) -> MessagePorts {
        let http = HTTPClient(on: loop, route: ServiceRoute.proxy, tls: tls.context)
        return MessagePorts(
            settings: MessageSettings(configuration),
            requests: ServiceRequests(
                rest: ServiceREST(baseURL: configuration.restURL, apiKey: configuration.apiKey),
                http: LoopHTTP(http)),
            texts: FileSpool(spool + "/texts", log: log), reports: FileSpool(spool + "/reports", log: log),
            unixTime: { Int(Date.now.timeIntervalSince1970) })
    }

    static func link(
        _ configuration: SkillConfiguration, on loop: EventLoop, time: LoopTimekeeper, tls: TLSProvider,
        tokens: @escaping () -> [String], log: Logger
    ) -> AgentLink {
        AgentLink(
            settings: AgentLink.Settings(baseURL: configuration.gatewayURL),
            http: LoopHTTP(HTTPClient(on: loop, tls: tls.context)), time: time, tokens: tokens
        ) { event, detail in
            log.notice("\(event)", metadata: detail.isEmpty ? nil : ["detail": "\(detail)"])
        }
    }
}
