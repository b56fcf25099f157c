import ArgumentParser
import Simulator

extension Persona: ExpressibleByArgument {}
extension DemoScenario: ExpressibleByArgument {}

/// `clawdtalk demo`: a whole call against stand-ins for the service and the gateway.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Run the real bridge against a stand-in service (TLS) and gateway, and print the call as it is heard.",
        discussion: """
            Nothing leaves this machine and nothing is configured. Exit statuses: 0 all of the call went right, 1 \
            something did not.

            Scenarios:

            """ + DemoScenario.allCases.map { "  \($0.rawValue) - \($0.summary)" }.joined(separator: "\n")
                + "\n\nPersonas (gateways of some version in some condition):\n\n"
                + Persona.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

    @Option(help: ArgumentHelp("The call to play.", valueName: "name"))
    var scenario = DemoScenario.call

    @Option(help: ArgumentHelp("The gateway to play against.", valueName: "name"))
    var persona = Persona.waited

    func run() async throws {
        try await CommandRunner.run {
            let call = try await DemoCall(scenario, persona: persona)
            return try await call.play() ? .success : .failure
        }
    }
}
