import ArgumentParser
import ClawdTalkAPI

/// `clawdtalk missions check-key`: which API key would be used. The service is not asked.
struct CheckKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-key", abstract: "Show the API key that is used, masked; nothing is sent.")

    @OptionGroup var options: ServiceOptions

    func run() async throws {
        try await CommandRunner.run {
            let key = MaskedSecret.text(try options.settings.load().apiKey)
            ServiceAnswer(key, json: .members(["api_key": .string(key)])).show(asJSON: options.json)
            return .success
        }
    }
}
