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

    /// The settings that options of an earlier start make; such as cannot be read count for nothing.
    static func settings(from arguments: [String]) -> CommandSettings {
        ((try? parse(arguments)) ?? Self()).settings
    }

    /// The options again, for another process, which may begin in another folder and with other variables.
    var arguments: [String] {
        let named =
            config
            ?? ProcessInfo.processInfo.environment["CLAWDTALK_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        let path = named.map { URL(filePath: $0).standardizedFileURL.path(percentEncoded: false) }
        return [
            ("--config", path), ("--server", server), ("--gateway-url", gatewayURL),
            ("--log-level", logLevel),
        ]
        .flatMap { name, value in value.map { [name, $0] } ?? [] }
    }

    func validate() throws {
        guard let logLevel, Logger.Level(rawValue: logLevel) == nil else { return }
        throw ValidationError("\(logLevel) is not a log level; use error, warning, notice, info or debug.")
    }

    /// What the command line or DEBUG ask for; nil leaves it to the configuration. Only `DEBUG=1`, `DEBUG=true` or the
    /// option turn contents on.
    var demandedLogLevel: Logger.Level? {
        let debug = ProcessInfo.processInfo.environment["DEBUG"]
        return logLevel.flatMap(Logger.Level.init(rawValue:))
            ?? (debug == "1" || debug == "true" ? .debug : nil)
    }

    /// `LOG_FORMAT=json` makes each line a JSON object.
    static var logFormat: LogState.Format {
        ProcessInfo.processInfo.environment["LOG_FORMAT"] == "json" ? .json : .text
    }
}
