import ArgumentParser

/// `clawdtalk NOUN help`, as `clawdtalk NOUN --help`.
struct NounHelp<Noun: ParsableCommand>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "help", abstract: "Show this help.", shouldDisplay: false)
    }

    @Argument(help: "Ignored.") var words: [String] = []

    func run() throws { throw CleanExit.helpRequest(Noun.self) }
}
