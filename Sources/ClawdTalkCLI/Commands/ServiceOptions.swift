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

    /// Does something at the service.
    /// - Parameters:
    ///   - undone: what a failure means, as in "the call was not made".
    ///   - cure: what to do about a failure, where more is known than from the failure alone.
    /// - Throws: ``CommandFailure``, or ``ConfigurationError``.
    func change(
        _ undone: String, cure: (RESTFailure) -> String? = { _ in nil },
        _ request: (ServiceClient) async throws(RESTFailure) -> JSONValue
    ) async throws -> JSONValue {
        let client = try await client()
        do throws(RESTFailure) {
            return try await request(client)
        } catch {
            throw CommandFailure(error, undone, cure: cure(error))
        }
    }

    /// Reads something at the service, as it answers it.
    /// - Parameter thing: as in "the call".
    /// - Throws: ``CommandFailure``, or ``ConfigurationError``.
    func read(_ thing: String, _ request: (ServiceClient) async throws(RESTFailure) -> JSONValue) async throws
        -> JSONValue
    {
        let client = try await client()
        do throws(RESTFailure) { return try await request(client) } catch {
            throw CommandFailure(reading: thing, error)
        }
    }
}
