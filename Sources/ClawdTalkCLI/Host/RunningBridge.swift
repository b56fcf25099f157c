import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import OpenClaw
import Transport

/// A bridge as `run` holds it: with its control socket, until it is told to stop or gives up. Loop only.
final class RunningBridge {
    private let host: BridgeHost
    private let configuration: SkillConfiguration
    private var control: ControlServer?
    private let log: Logger
    private var isStopping = false
    private let loop: EventLoop
    /// Questions that were handled when memory was given back last.
    private var handledAtTrim = -1
    private let onFinished: (ExitStatus) -> Void
    private let memory: PrivateFile
    private var remembered: GatewayMemory?
    private var notifier: ServiceNotifier?

    /// - Parameters:
    ///   - manager: what started this process and wants to hear of it.
    ///   - onFinished: called once, when the line is closed.
    init(
        _ configuration: SkillConfiguration, settings: CommandSettings, on loop: EventLoop, log: Logger,
        manager: ServiceManager? = nil, onFinished: @escaping (ExitStatus) -> Void
    ) throws {
        (self.configuration, self.log, self.onFinished) = (configuration, log, onFinished)
        self.loop = loop
        memory = PrivateFile(path: settings.home.gatewayMemoryPath)
        remembered = memory.decode(GatewayMemory.self)
        let tokens = GatewayTokens(settings)
        let chat = ChatEndpoint(settings: settings, gatewayURL: configuration.gatewayURL)
        host = BridgeHost(
            configuration, on: loop, gatewayTrust: GatewayTrust.make(configuration, settings),
            tokens: { tokens.candidates() }, isChatEnabled: { chat.isEnabled() }, watchedFiles: tokens.files,
            home: settings.home, log: log)
        control = try ControlServer(at: settings.home.socketPath, on: loop) { [weak self] in self?.answer($0)
        }
        host.bridge.onFirstReady = { [weak self] in self?.trim() }
        host.bridge.onExit = { [weak self] in self?.gaveUp($0) }
        notifier = manager.map {
            ServiceNotifier($0, time: LoopTimekeeper(loop)) { [weak self] in self?.report() }
        }
    }

    private static let trimInterval = Duration.seconds(30)

    /// After the login, and after questions when all is quiet again, code that was needed once is given back.
    private func trim() {
        let status = host.bridge.status
        let handled = status.answered + status.failed
        if status.openQuestions == 0, handled != handledAtTrim {
            handledAtTrim = handled
            remember(status)
            CodePages.release()
        }
        loop.schedule(after: Self.trimInterval) { [weak self] in self?.trim() }
    }

    /// The form that the gateway took, for the doctor; written when it changes, which is once as a rule.
    private func remember(_ status: BridgeStatus) {
        let current = GatewayMemory(gateway: configuration.gatewayURL, form: status.form.rawValue)
        guard status.answered > 0, current != remembered else { return }
        remembered = current
        try? memory.encode(current)
    }

    func start() {
        host.bridge.start()
        notifier?.start()
    }

    func reload() {
        log.notice("asked to look at the credentials again")
        notifier?.reload { host.bridge.credentialsChanged() } ?? host.bridge.credentialsChanged()
    }

    func stop(_ status: ExitStatus = .success) {
        guard !isStopping else { return }
        isStopping = true
        log.notice("stopping")
        notifier?.stopping()
        remember(host.bridge.status)
        host.bridge.stop { [self] in finish(status) }
    }

    private func gaveUp(_ exit: BridgeExit) {
        switch exit {
        case .keyRefused:
            log.error(
                "the service refuses the API key; check api_key in skill-config.json or CLAWDTALK_API_KEY")
            finish(.keyRefused)
        case .takenOver:
            log.error("another client keeps logging in with this API key; stop it or use another key")
            finish(.takenOver)
        }
    }

    private func finish(_ status: ExitStatus) {
        notifier?.stopping()
        control?.close()
        control = nil
        onFinished(status)
    }

    private func answer(_ command: String) -> Data? {
        switch command {
        case "status": return try? JSONEncoder().encode(report())
        case "stop":
            stop()
            return Data(#"{"stopping":true}"#.utf8)
        default: return Data(#"{"error":"unknown command"}"#.utf8)
        }
    }

    /// A pong may be up to two ping intervals old on a good line.
    private static let freshPong = Duration.seconds(45)

    private func report() -> StatusReport {
        let status = host.bridge.status
        let isConnected = status.line == .ready && status.lastPongAge.map { $0 < Self.freshPong } ?? false
        return StatusReport(
            state: isConnected ? "connected" : status.line.rawValue, connected: isConnected, pid: getpid(),
            server: configuration.socketURL, gateway: configuration.gatewayURL,
            state_seconds: status.lineSince.seconds, last_pong_seconds: status.lastPongAge?.seconds,
            reconnects: status.reconnects, live_calls: status.liveCalls, open_questions: status.openQuestions,
            answered: status.answered, failed: status.failed, undelivered: status.undelivered,
            approvals_waiting: status.approvalsWaiting, has_devices: status.hasDevices,
            sms_waiting: status.textsWaiting, reports_waiting: status.reportsWaiting,
            form: status.form.rawValue, resident_bytes: ProcessMemory.residentBytes)
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
