import ArgumentParser
import ClawdTalkAPI
import Transport

/// What every command takes that asks the service.
struct ServiceOptions: ParsableArguments {
    @Flag(help: "Print one JSON document.") var json = false

    @Option(help: ArgumentHelp("The configuration file.", valueName: "path"))
    var config: String?

    @Option(help: ArgumentHelp("The service, in place of the configured one.", valueName: "url"))
    var server: String?

    @Option(
        name: .customLong("request-timeout"),
        help: ArgumentHelp("Seconds to wait for each answer of the service.", valueName: "seconds"))
    var requestTimeout = 30

    func validate() throws {
        guard (1...600).contains(requestTimeout) else {
            throw ValidationError("--request-timeout takes 1 to 600 seconds.")
        }
    }

    var settings: CommandSettings {
        var overrides: [String: String] = [:]
        overrides[ConfigurationKey.server.name] = server
        return CommandSettings(config: config, overrides: overrides)
    }

    /// - Throws: ``ConfigurationError`` when the configuration has no usable key or server.
    func client() async throws -> ServiceClient {
        let configuration = try settings.load()
        return ServiceClient(
            rest: ServiceREST(baseURL: configuration.restURL, apiKey: configuration.apiKey),
            over: try await ServiceTransport(on: EventLoop(name: "clawdtalk")),
            deadline: .seconds(requestTimeout))
    }
}
