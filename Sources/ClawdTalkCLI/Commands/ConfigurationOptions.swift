import ArgumentParser
import ClawdTalkAPI
import Foundation
import Logging

/// What every command that reads the configuration takes.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "path"))
    var config: String?

    @Option(help: ArgumentHelp("The service, in place of the configured one.", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("The gateway, in place of the configured one.", valueName: "url"))
    var gatewayURL: String?

    @Option(
        help: ArgumentHelp(
            "error, warning, notice, info or debug. debug also logs what is said.", valueName: "level"))
    var logLevel: String?

    var settings: CommandSettings {
        var overrides: [String: String] = [:]
        overrides[ConfigurationKey.server.name] = server
        overrides[ConfigurationKey.gatewayURL.name] = gatewayURL
        return CommandSettings(config: config, overrides: overrides)
    }

    /// The options again, for another process.
    var arguments: [String] {
        [
            ("--config", config), ("--server", server), ("--gateway-url", gatewayURL),
            ("--log-level", logLevel),
        ]
        .flatMap { name, value in value.map { [name, $0] } ?? [] }
    }

    func validate() throws {
        guard let logLevel, Logger.Level(rawValue: logLevel) == nil else { return }
        throw ValidationError("\(logLevel) is not a log level; use error, warning, notice, info or debug.")
    }

    /// Only `DEBUG=1`, `DEBUG=true` or the option turn contents on.
    /// - Parameter secrets: what no line may hold.
    func logger(default level: Logger.Level = .info, hiding secrets: [String] = []) -> Logger {
        let debug = ProcessInfo.processInfo.environment["DEBUG"]
        let isDebug = debug == "1" || debug == "true"
        let chosen = logLevel.flatMap(Logger.Level.init(rawValue:)) ?? (isDebug ? .debug : level)
        // A short text would be found in other words.
        let hidden = secrets.filter { $0.utf8.count >= 8 }
        return Logger(label: "clawdtalk") { _ in LineLogHandler(logLevel: chosen, secrets: hidden) }
    }
}
