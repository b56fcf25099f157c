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
            Log lines go to standard error. SIGHUP looks at tokens again. Exit statuses: 0 ended by a signal, 1 another \
            bridge holds this CLAWDTALK_HOME, 73 a file cannot be written, 76 another client keeps taking over, \
            77 key refused, 78 configuration.
            """)

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        try await CommandRunner.run { try await bridge() }
    }

    private func bridge() async throws -> ExitStatus {
        let manager = ServiceManager.take()
        let settings = options.settings
        let configuration = try settings.load()
        try settings.home.create()
        guard let lock = try InstanceLock.take(settings.home.pidPath) else {
            throw CommandFailure(.failure, "a bridge is already running for \(settings.home.path).")
        }
        let secrets = [configuration.apiKey] + GatewayTokens(settings).candidates()
        let log = options.logger(hiding: secrets)
        for warning in configuration.warnings { log.warning("\(warning)") }
        if log.logLevel <= .debug { log.warning("debug is on: what is said in calls is logged") }
        log.notice(
            "starting",
            metadata: ["version": "\(ClawdTalkVersion.current)", "server": "\(configuration.socketURL)"])
        let loop = try EventLoop(name: "clawdtalk")
        let (stream, finished) = AsyncStream.makeStream(of: ExitStatus.self)
        let running = try await loop.run {
            let running = try RunningBridge(
                configuration, settings: settings, on: loop, log: log, manager: manager
            ) { finished.yield($0) }
            running.start()
            return LoopBound(running, on: loop)
        }
        let signals = [
            SignalSource(SIGTERM) { loop.execute { running.value.stop() } },
            SignalSource(SIGINT) { loop.execute { running.value.stop() } },
            SignalSource(SIGHUP) { loop.execute { running.value.reload() } },
        ]
        let status = await stream.first { _ in true } ?? .failure
        log.notice("stopped", metadata: ["status": "\(status.rawValue)"])
        // The lock and the signals are held until here.
        return withExtendedLifetime((lock, signals)) { status }
    }
}
