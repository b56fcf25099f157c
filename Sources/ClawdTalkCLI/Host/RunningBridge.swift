import Agent
import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import OpenClaw
import Transport

/// One bridge from its start until it is told to stop or gives up. Loop only.
final class RunningBridge {
    private let host: BridgeHost
    /// What it was started with, and what is in force now.
    private let launched: SkillConfiguration
    private var current: SkillConfiguration
    private let home: BridgeHost.KeptHome
    private let log: Logger
    private let loop: EventLoop
    private let memory: PrivateFile
    private var remembered: GatewayMemory?
    /// Of this process, that ``remembered`` knows of.
    private var knownLosses = 0
    private let missions: MissionFlight

    /// - Parameter onExit: called when it gives up.
    init(
        _ configuration: SkillConfiguration, settings: CommandSettings, storage: LoopStorage,
        on loop: EventLoop, log: Logger, onExit: @escaping (BridgeExit) -> Void
    ) {
        (launched, current, self.log, self.loop) = (configuration, configuration, log, loop)
        home = BridgeHost.KeptHome(folder: settings.home, storage: storage)
        memory = PrivateFile(path: settings.home.gatewayMemoryPath)
        remembered = memory.decode(GatewayMemory.self)
        let tokens = GatewayTokens(settings)
        let chat = ChatEndpoint(settings: settings, gatewayURL: configuration.gatewayURL)
        host = BridgeHost(
            configuration, on: loop, gatewayTrust: GatewayTrust.make(configuration, settings),
            tokens: { tokens.readableCandidates() }, isChatEnabled: { chat.isEnabled() }, home: home, log: log
        )
        missions = MissionFlight(settings, on: loop, lanes: host.bridge.ports.lanes, log: log)
        host.bridge.onFirstReady = { IdleMemory.release() }
        host.bridge.onExit = onExit
    }

    var status: BridgeStatus { host.bridge.status }
    var server: String { launched.socketURL }
    var gateway: String { launched.gatewayURL }

    /// Called after each look at the gateway.
    var onLook: () -> Void {
        get { host.bridge.ports.gateway?.onLook ?? {} }
        set { host.bridge.ports.gateway?.onLook = newValue }
    }

    func start() {
        host.bridge.start()
        missions.set(current)
        // Not only after a login: a bridge may wait for its service for days.
        trim(after: Self.settleTime)
    }

    /// - Parameter limit: how long answers that are under way are waited for; nil waits for none.
    func stop(drainingFor limit: Duration? = nil, _ completion: @escaping () -> Void) {
        remember(status)
        missions.set(nil)
        guard let limit else { return host.bridge.stop(completion) }
        host.bridge.drain(within: limit, completion)
    }

    /// Puts another configuration in force, as far as that can be done without dropping the line, and has the gateway
    /// asked about its token again.
    func apply(_ configuration: SkillConfiguration) {
        if configuration != current {
            let pending = configuration.fixedKeys(otherThan: launched)
            for key in pending where !current.fixedKeys(otherThan: launched).contains(key) {
                log.warning("a changed key counts after a restart", metadata: ["key": "\(key)"])
            }
            current = configuration
            host.bridge.ports.lanes.policy = BridgeHost.policy(configuration)
            host.bridge.apply(
                BridgeSettings(configuration), messages: MessageSettings(configuration),
                recorder: BridgeHost.recorder(in: home, configuration.conversation, log: log))
            missions.set(configuration)
            log.notice("the changed configuration is in force")
        }
        host.bridge.credentialsChanged()
    }

    /// By then the start and what follows the login are done as a rule, or a question may have been answered.
    private static let settleTime = Duration.milliseconds(1_500)
    private static let trimInterval = Duration.seconds(30)

    /// While all is quiet, what was needed once is given back.
    private func trim(after delay: Duration) {
        loop.schedule(after: delay) { [weak self] in
            guard let self else { return }
            guard status.openQuestions == 0 else { return trim(after: Self.settleTime) }
            remember(status)
            IdleMemory.release()
            trim(after: Self.trimInterval)
        }
    }

    /// The form that the gateway took, for the doctor; written when it changes, which is once as a rule.
    private func remember(_ status: BridgeStatus) {
        var now = GatewayMemory(gateway: launched.gatewayURL, form: status.form)
        now.lostSessionAt = remembered?.gateway == now.gateway ? remembered?.lostSessionAt : nil
        if status.lostSessions > knownLosses {
            (knownLosses, now.lostSessionAt) = (status.lostSessions, Int(Date.now.timeIntervalSince1970))
        }
        guard status.answered > 0 || status.lostSessions > 0, now != remembered else { return }
        remembered = now
        home.storage.perform { [memory, now] in try? memory.encode(now) }
    }
}

extension SkillConfiguration {
    /// The keys in which this differs from another configuration and which a running bridge cannot change.
    func fixedKeys(otherThan other: SkillConfiguration) -> [String] {
        let differences: [(ConfigurationKey, Bool)] = [
            (.server, socketURL != other.socketURL || restURL != other.restURL),
            (.gatewayURL, gatewayURL != other.gatewayURL),
            (.gatewayFingerprint, gatewayFingerprint != other.gatewayFingerprint),
            (.agentID, agentID != other.agentID),
            (.sessionKey, sessionKey != other.sessionKey && agentID == other.agentID),
            (.agentLink, agentLink != other.agentLink),
            (.permessageDeflate, usesCompression != other.usesCompression),
        ]
        return differences.filter(\.1).map(\.0.name)
    }
}
