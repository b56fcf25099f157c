import ArgumentParser

/// `clawdtalk uninstall`: setup undone.
struct UninstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Stop the bridge and take away what setup added.",
        discussion: """
            Takes out of openclaw.json exactly what setup put in, after a yes. Exit statuses: 0 done, 1 the bridge does \
            not stop, 64 an answer is missing, 73 a file could not be written.
            """)

    @Option(help: ArgumentHelp("The configuration file.", valueName: "path")) var config: String?

    @Flag(help: "Remove skill-config.json, and the key that setup put into .env.") var removeConfig = false
    @Flag(help: "Keep skill-config.json.") var keepConfig = false
    @Flag(inversion: .prefixedNo, help: "Take what setup added out of openclaw.json.") var patchGateway: Bool?
    @Flag(
        name: [.short, .long],
        help: "Take the default of every question: openclaw.json yes, skill-config.json stays.")
    var yes = false
    @Flag(help: "Never ask; a missing answer is an error.") var nonInteractive = false

    func validate() throws {
        guard !(removeConfig && keepConfig) else {
            throw ValidationError("--remove-config and --keep-config are opposites.")
        }
    }

    func run() async throws {
        try await CommandRunner.run {
            let prompter = Prompter(isInteractive: Terminal.isThere && !nonInteractive, takesDefaults: yes)
            return try await Uninstall(
                settings: CommandSettings(config: config), prompter: prompter,
                removesConfig: removeConfig ? true : keepConfig ? false : nil, patchesGateway: patchGateway
            ).run()
        }
    }
}
