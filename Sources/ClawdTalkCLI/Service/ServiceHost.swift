import Foundation
import Storage

/// What starts programs for this user and keeps them running: systemd's user manager, or launchd.
protocol ServiceHost: Sendable {
    /// The file that describes the service.
    var path: String { get }
    /// What `install` adds for people, such as how the service outlives the session.
    func advice() async -> [String]

    func text(program: String, home: String) -> String
    /// The line by which a file is that of one home.
    func homeLine(_ home: String) -> String
    /// By which a file is known as ours.
    var mark: String { get }

    /// - Throws: ``CommandFailure`` with status 69 when it is not there to be asked.
    func check() async throws
    func isActive() async -> Bool
    /// Takes the file in and starts the service, now and with each session.
    /// - Throws: ``CommandFailure`` with the status that the bridge ended with.
    func enable() async throws
    /// Stops the service for good, before its file goes.
    func disable() async throws
    /// After the file has gone.
    func forget() async
    /// - Throws: as ``enable()``.
    func start() async throws
    func stop() async throws
}

extension ServiceHost {
    /// - Returns: nil when there is no such file.
    func installedText() -> String? {
        (try? PrivateFile(path: path).read()).flatMap { $0 }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// Whether the installed service is the bridge of this home.
    func serves(_ home: HomeFolder) -> Bool {
        guard let text = installedText(), text.contains(mark) else { return false }
        return text.contains(homeLine(home.path) + "\n")
    }
}

/// The one of this system.
enum ServiceHosts {
    static var current: any ServiceHost {
        let environment = ProcessInfo.processInfo.environment
        #if canImport(Darwin)
            return LaunchdHost(environment: environment)
        #else
            return SystemdHost(environment: environment)
        #endif
    }

    /// The service that runs the bridge of a home; nil when none is installed.
    static func serving(_ home: HomeFolder) -> (any ServiceHost)? {
        let host = current
        return host.serves(home) ? host : nil
    }

    /// - Parameter options: of the command line; what comes from a variable is nobody's wish for this start.
    /// - Throws: ``CommandFailure`` with status 64 when a service runs the bridge: its options are its own.
    static func refuse(_ options: ConfigurationOptions, for home: HomeFolder) throws {
        let given = [
            ("--config", options.config), ("--server", options.server),
            ("--gateway-url", options.gatewayURL), ("--log-level", options.logLevel),
        ]
        guard let name = given.first(where: { $0.1 != nil })?.0, serving(home) != nil else { return }
        throw CommandFailure(
            .usage,
            "\(name) does not count here, the bridge runs as a service: set it in skill-config.json, or run: "
                + "\(home.command) service remove")
    }
}
