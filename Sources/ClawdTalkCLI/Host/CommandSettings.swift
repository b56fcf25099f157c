import ClawdTalkAPI
import Foundation
import OpenClaw
import Transport

/// Everything that decides the configuration: the command line, the environment and the files.
struct CommandSettings: Sendable {
    let overrides: [String: String]
    let environment: [String: String]
    let home: HomeFolder
    private let namedConfig: String?
    /// For commands that never talk to the service.
    var toleratesMissingKey = false

    /// - Parameters:
    ///   - config: the value of `--config`.
    ///   - overrides: values from the command line, by key name.
    init(
        config: String?, overrides: [String: String] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment, home: HomeFolder = .current
    ) {
        (self.overrides, self.environment, self.home) = (overrides, environment, home)
        let variable = environment["CLAWDTALK_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        namedConfig = config ?? variable
    }

    var configPath: String { namedConfig ?? home.configPath }

    var openClaw: OpenClawLocation {
        OpenClawLocation(
            environment: environment, home: HomeFolder.userHome(environment),
            currentFolder: FileManager.default.currentDirectoryPath,
            exists: FileManager.default.fileExists(atPath:))
    }

    /// The files that decide the configuration and the gateway's tokens, secrets in files of their own among them.
    var files: [String] {
        let secrets = ConfigurationKey.all.flatMap(\.variables).compactMap { environment[$0 + "_FILE"] }
        return [configPath, home.dotEnvPath, openClaw.configPath] + openClaw.dotEnvPaths + secrets
    }

    /// openclaw.json as the gateway on this machine sees it, read anew.
    func openClawConfiguration() throws(ConfigurationFault) -> OpenClawConfiguration {
        let location = openClaw
        let variables = EnvironmentValues(
            environment: environment, dotEnvPaths: location.dotEnvPaths, readFile: Self.readFile)
        return try OpenClawConfiguration(
            OpenClawConfiguration.Source(
                location: location, environment: environment, variable: { try? variables.value($0) }))
    }

    /// The environment, and the .env files of ours and of OpenClaw.
    var environmentValues: EnvironmentValues {
        let user = HomeFolder.userHome(environment)
        return EnvironmentValues(
            environment: environment,
            dotEnvPaths: [home.dotEnvPath, user + "/.openclaw/.env", user + "/.clawdbot/.env"],
            readFile: Self.readFile)
    }

    /// - Throws: ``ConfigurationError``.
    func load() throws(ConfigurationError) -> SkillConfiguration {
        var loader = loader { path in
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return try String(contentsOfFile: path, encoding: .utf8)
        }
        loader.isConfigRequired = namedConfig != nil
        return try loader.load()
    }

    /// Loads as if skill-config.json had this text.
    func loader(ofText text: String) -> ConfigurationLoader { loader { _ in text } }

    private func loader(_ read: @escaping (String) throws -> String?) -> ConfigurationLoader {
        var loader = ConfigurationLoader(
            environment: environmentValues, configPath: configPath, readFile: read)
        loader.overrides = overrides
        loader.isKeyRequired = !toleratesMissingKey
        return loader
    }

    /// Which certificate the gateway may show.
    var gatewayTrust: TLSContext.Trust {
        (try? load()).map { GatewayTrust.make($0, self) } ?? .system
    }

    @Sendable static func readFile(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}
