import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import Transport

/// The bridge of a CLAWDTALK_HOME as `run` holds it: with its control socket, with changed files taken over while it
/// runs, and, when it is to stay, with another bridge after one that gave up. Loop only.
final class Supervisor {
    private enum State {
        /// Before the start, and after the end.
        case idle
        case running(RunningBridge)
        /// There is no bridge, and why; changed files may mend it.
        case stalled(String)
        case stopping(RunningBridge?)
    }

    private let settings: CommandSettings
    private let options: SupervisorOptions
    private let loop: EventLoop
    private let storage: LoopStorage
    private let logState: LogState
    private let log: Logger
    private var state = State.idle
    /// What the next bridge starts with.
    private var waiting: SkillConfiguration?
    private var control: ControlServer?
    private var watch: FileWatch?
    private var lockWatch: FileWatch?
    private var notifier: ServiceNotifier?
    private var metricsServer: MetricsServer?
    private let startedAt: Duration
    private let onFinished: (ExitStatus) -> Void

    /// - Parameters:
    ///   - lock: of the home; its file is put back when somebody removes it.
    ///   - onFinished: called once, when the line is closed.
    /// - Throws: ``CommandFailure`` when the control socket cannot be made.
    init(
        _ settings: CommandSettings, lock: InstanceLock, options: SupervisorOptions, on loop: EventLoop,
        log: LogState,
        onFinished: @escaping (ExitStatus) -> Void
    ) throws {
        (self.settings, self.options, self.loop, self.onFinished) = (settings, options, loop, onFinished)
        (logState, self.log, startedAt) = (log, log.logger, loop.now)
        storage = LoopStorage(on: loop)
        storage.onLate = { [log = self.log] isLate in
            if isLate {
                log.warning(
                    "the disk has not finished a write for 10 s; text messages and call reports wait for it")
            } else {
                log.notice("the disk answers again")
            }
        }
        control = try ControlServer(at: settings.home.socketPath, on: loop) { [weak self] in self?.answer($0)
        }
        lockWatch = FileWatch([settings.home.pidPath], time: LoopTimekeeper(loop)) { [weak self] in
            guard let self, !lock.keep() else { return }
            self.log.error("another bridge has taken the place of this one")
            stop()
        }
        watch = FileWatch(settings.files, time: LoopTimekeeper(loop)) { [weak self] in
            self?.log.notice("files of the configuration changed")
            self?.reload()
        }
        notifier = options.manager.map {
            ServiceNotifier($0, time: LoopTimekeeper(loop)) { [weak self] in self?.report() }
        }
    }

    /// - Throws: ``ConfigurationError``, unless it is to stay.
    func start() throws(ConfigurationError) {
        do throws(ConfigurationError) {
            launch(try load())
        } catch {
            guard options.stays else { throw error }
            stall(error.line)
        }
        notifier?.start()
    }

    /// Takes over what was changed; a configuration that cannot be used changes nothing.
    func reload() { notifier?.reload { reloadNow() } ?? reloadNow() }

    private func reloadNow() {
        do throws(ConfigurationError) {
            let configuration = try load()
            switch state {
            case .running(let bridge):
                bridge.apply(configuration)
                serveMetrics(configuration.metricsListen)
            case .stalled: launch(configuration)
            case .idle, .stopping: break
            }
        } catch {
            if case .stalled(let reason) = state { return reason == error.line ? () : stall(error.line) }
            log.error("the configuration cannot be used, the old one stays in force: \(error.line)")
        }
    }

    /// - Parameter drains: whether answers that are under way are waited for.
    func stop(draining drains: Bool = false) {
        notifier?.stopping()
        waiting = nil
        switch state {
        case .stopping(let bridge?) where !drains: bridge.stop { [self] in finish(.success) }
        case .stopping: break
        case .idle, .stalled:
            state = .stopping(nil)
            finish(.success)
        case .running(let bridge):
            state = .stopping(bridge)
            log.notice(drains ? "stopping once what is open is answered" : "stopping")
            bridge.stop(drainingFor: drains ? BridgeStop.drainLimit : nil) { [self] in finish(.success) }
        }
    }

    // MARK: The bridge

    private func load() throws(ConfigurationError) -> SkillConfiguration {
        let configuration = try settings.load()
        logState.hide([configuration.apiKey] + GatewayTokens(settings).candidates())
        logState.level =
            options.logLevel ?? Logger.Level(rawValue: configuration.logLevel) ?? logState.level
        return configuration
    }

    /// Starts a bridge once everything that an earlier one of this process had to write is on the disk; meanwhile the loop
    /// serves status and signals.
    private func launch(_ configuration: SkillConfiguration) {
        waiting = configuration
        if storage.isIdle { return launchWaiting() }
        state = .stalled("the disk has not finished with the files of the bridge before")
        log.notice("waiting for the disk before starting again")
        storage.perform({}) { [weak self] in self?.launchWaiting() }
    }

    private func launchWaiting() {
        guard let configuration = waiting else { return }
        switch state {
        case .idle, .stalled: break
        case .running, .stopping: return
        }
        waiting = nil
        for warning in configuration.warnings { log.warning("\(warning)") }
        let bridge = RunningBridge(
            configuration, settings: settings, storage: storage, on: loop, log: log
        ) { [weak self] in self?.gaveUp($0) }
        bridge.onLook = { [weak self] in self?.lookForNetwork() }
        state = .running(bridge)
        serveMetrics(configuration.metricsListen)
        log.notice("starting", metadata: ["server": "\(configuration.socketURL)"])
        bridge.start()
    }

    /// An address that cannot be listened on costs the metrics, not the bridge.
    private func serveMetrics(_ listen: ListenAddress?) {
        guard listen != metricsServer?.address else { return }
        metricsServer?.close()
        metricsServer = nil
        guard let listen else { return }
        let source = MetricsServer.Source(
            metrics: { [weak self] in self?.metrics ?? MetricsText(.notRunning, times: AnswerTimes()) },
            healthProblem: { [weak self] in (self?.report() ?? .notRunning).healthProblem })
        do throws(TransportFailure) {
            metricsServer = try MetricsServer(listen, on: loop, source: source)
            log.notice("serving metrics", metadata: ["address": "\(listen)"])
        } catch {
            log.error(
                "metrics are not served", metadata: ["address": "\(listen)", "reason": "\(error.summary)"])
        }
    }

    private func gaveUp(_ exit: BridgeExit) {
        guard case .running(let bridge) = state else { return }
        let (status, reason) = exit.ending
        if options.stays {
            bridge.stop {}
            return stall(reason)
        }
        log.error("\(reason)")
        if var record = BridgeRecord.read(settings.home) {
            record.ended = BridgeRecord.Ending(
                status: status.rawValue, reason: reason, files: settings.files.map(FileStamp.init))
            // Nobody is served any more: a slow disk may be waited for, and the watchdog must read this.
            record.write(settings.home)
        }
        finish(status)
    }

    /// Says once why there is no bridge, and waits for files to change.
    private func stall(_ reason: String) {
        state = .stalled(reason)
        log.error("waiting for the configuration to change: \(reason)")
    }

    /// A container whose network was taken away gets a new one only when it is started again.
    private func lookForNetwork() {
        guard options.stays, case .running(let bridge) = state, bridge.status.hasNoNetwork else { return }
        log.error("no name was resolved and the gateway did not answer for 3 minutes: ending with 1")
        state = .stopping(bridge)
        bridge.stop { [self] in finish(.failure) }
    }

    /// With the closing of the line it stays within the 5 s in which a signal ends the process.
    private static let storageLimit = Duration.milliseconds(1_500)

    private func finish(_ status: ExitStatus) {
        guard let control else { return }
        notifier?.stopping()
        control.close()
        metricsServer?.close()
        (self.control, watch, lockWatch, state) = (nil, nil, nil, .idle)
        // A disk that does not answer loses what a kill would lose: nothing that was done is done twice for that.
        storage.drain(within: Self.storageLimit) { [onFinished, storage, log] in
            if !storage.isIdle { log.warning("ending although the disk has not finished writing") }
            onFinished(status)
        }
    }

    // MARK: The control socket

    private func answer(_ command: String) -> Data? {
        switch command {
        case "status": return try? JSONEncoder().encode(report())
        case "stop", "drain":
            stop(draining: command == "drain")
            return Data(#"{"stopping":true}"#.utf8)
        default: return Data(#"{"error":"unknown command"}"#.utf8)
        }
    }

    private var metrics: MetricsText {
        if case .running(let bridge) = state {
            return MetricsText(report(), times: bridge.status.answerTimes)
        }
        return MetricsText(report(), times: AnswerTimes())
    }

    private func report() -> StatusReport {
        var report: StatusReport
        switch state {
        case .running(let bridge), .stopping(let bridge?):
            report = StatusReport(bridge.status)
            (report.server, report.gateway) = (bridge.server, bridge.gateway)
        case .stalled(let reason):
            report = StatusReport(state: "stopped", connected: false)
            report.problem = reason
        case .idle, .stopping(nil): report = StatusReport(state: "stopped", connected: false)
        }
        (report.pid, report.uptime_seconds) = (getpid(), (loop.now - startedAt).seconds)
        report.resident_bytes = ProcessMemory.residentBytes
        report.disk_late_seconds = storage.lateness?.seconds
        return report
    }
}

extension BridgeExit {
    /// The exit status, and one line with the cure.
    fileprivate var ending: (ExitStatus, String) {
        switch self {
        case .keyRefused:
            (
                .keyRefused,
                "the service refuses the API key; check api_key in skill-config.json or CLAWDTALK_API_KEY"
            )
        case .takenOver:
            (.takenOver, "another client keeps logging in with this API key; stop it or use another key")
        }
    }
}
