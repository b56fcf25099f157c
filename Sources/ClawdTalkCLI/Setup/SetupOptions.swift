import ArgumentParser

/// The answers to setup's questions.
struct SetupOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file to write.", valueName: "path"))
    var config: String?

    @Option(help: ArgumentHelp("A file that holds the API key.", valueName: "path"))
    var apiKeyFile: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Put a newly given key into .env and only ${CLAWDTALK_API_KEY} into skill-config.json.")
    var keyInEnv: Bool?

    @Option(help: ArgumentHelp("The service.", valueName: "url")) var server: String?
    @Option(help: ArgumentHelp("The gateway.", valueName: "url")) var gatewayURL: String?

    @Option(
        help: ArgumentHelp(
            "A file that holds the gateway's token, for one that openclaw.json does not tell.",
            valueName: "path"))
    var gatewayTokenFile: String?

    @Option(help: ArgumentHelp("The agent that answers.", valueName: "id")) var agentID: String?
    @Option(help: ArgumentHelp("What the agent calls you.", valueName: "name")) var ownerName: String?
    @Option(
        help: ArgumentHelp(
            "Your own telephone number (E.164), for answers by text or call after you hang up; empty for none.",
            valueName: "number"))
    var ownerNumber: String?
    @Option(help: ArgumentHelp("What the agent calls itself.", valueName: "name")) var agentName: String?
    @Option(help: ArgumentHelp("The first sentence of a call.", valueName: "text")) var greeting: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Allow sessions_send in openclaw.json, with the cures of what stands in its way.")
    var patchGateway: Bool?

    @Flag(inversion: .prefixedNo, help: "Add an agent \"voice\" to openclaw.json.")
    var voiceAgent: Bool?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Hear answers sentence by sentence: agent_link chat, and the gateway's chat endpoint in openclaw.json."
    )
    var chatEndpoint: Bool?

    @Flag(inversion: .prefixedNo, help: "Stop a running Node client.")
    var stopOtherClient: Bool?

    @Flag(help: "Ask nothing of the network.") var offline = false
    @Flag(help: "Only show what would be written.") var dryRun = false
    @Flag(name: [.short, .long], help: "Take the default of every question that has one.") var yes = false
    @Flag(help: "Never ask; a missing answer is an error.") var nonInteractive = false
    @Flag(help: "Print what was done as one JSON document.") var json = false
}
