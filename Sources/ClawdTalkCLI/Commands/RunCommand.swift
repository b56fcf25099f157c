import ArgumentParser
import ClawdTalkAPI
import Foundation
import Logging
import Synchronization
import Transport

/// `clawdtalk run`: the bridge in the foreground.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the bridge in the foreground until SIGTERM or SIGINT.",
        discussion: """
            Log lines go to standard error, as JSON with LOG_FORMAT=json. SIGHUP, or a changed file, takes over what was \
            changed in skill-config.json and has the gateway asked about its token again. Exit statuses: 0 ended by a \
            signal, 1 another bridge holds this CLAWDTALK_HOME, 73 a file cannot be written, 76 another client keeps \
            taking over, 77 key refused (a key that was accepted before: for 10 minutes), 78 configuration.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(
        help: """
            Stay instead of ending with 76, 77 or 78, and try again when files of the configuration change; end with 1 \
            when no name is resolved and the gateway does not answer for 3 minutes. For containers.
            """)
    var stay = false

    func run() async throws {
        try await CommandRunner.run { try await bridge() }
    }

    private func bridge() async throws -> ExitStatus {
        let manager = ServiceManager.take()
        let settings = options.settings
        if !stay { _ = try settings.load() }
        try settings.home.create()
        guard let lock = try InstanceLock.take(settings.home.pidPath, note: settings.home.socketPath) else {
            throw CommandFailure(.failure, "a bridge is already running for \(settings.home.path).")
        }
        // As the first process of a container this one inherits orphans; nobody asks how they ended.
        if getpid() == 1 { signal(SIGCHLD, SIG_IGN) }
        let state = LogState(
            level: options.demandedLogLevel ?? .info, format: ConfigurationOptions.logFormat,
            file: RotatingLog(path: settings.home.logPath))
        let log = state.logger
        log.notice("clawdtalk runs", metadata: ["version": "\(ClawdTalkVersion.current)"])
        if state.level <= .debug { log.warning("debug is on: what is said in calls is logged") }
        let status = try await supervise(settings, lock, state, manager)
        log.notice("\(LogLine.ending)", metadata: ["status": "\(status.rawValue)"])
        return status
    }

    private func supervise(
        _ settings: CommandSettings, _ lock: InstanceLock, _ log: LogState, _ manager: ServiceManager?
    ) async throws -> ExitStatus {
        let loop = try EventLoop(name: "clawdtalk")
        let (stream, finished) = AsyncStream.makeStream(of: ExitStatus.self)
        let supervised = SupervisorOptions(
            stays: stay, logLevel: options.demandedLogLevel, manager: manager)
        let supervisor = try await loop.run {
            let supervisor = try Supervisor(settings, lock: lock, options: supervised, on: loop, log: log) {
                finished.yield($0)
            }
            try supervisor.start()
            return LoopBound(supervisor, on: loop)
        }
        let signals = [
            SignalSource(SIGTERM) { loop.execute { supervisor.value.stop() } },
            SignalSource(SIGINT) { loop.execute { supervisor.value.stop() } },
            SignalSource(SIGHUP) { loop.execute { supervisor.value.reload() } },
        ]
        let status = await stream.first { _ in true } ?? .failure
        return withExtendedLifetime(signals) { status }
    }
}
