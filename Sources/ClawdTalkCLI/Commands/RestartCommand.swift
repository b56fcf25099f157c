import ArgumentParser

/// `clawdtalk restart`: another process in place of the background bridge.
struct RestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Restart the bridge, once the answers that are under way are delivered.",
        discussion: """
            Waits up to 30 s for running answers; what is not finished then is told to whoever asked. Without options \
            those of the last start count again. A configuration that cannot be used stops nothing. Exit statuses as \
            those of start.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Do not wait for answers that are under way; who asked is told.") var now = false

    func run() async throws {
        try await CommandRunner.run {
            let home = options.settings.home
            try ServiceHosts.refuse(options, for: home)
            let given = options.arguments
            let arguments = given.isEmpty ? BridgeRecord.read(home)?.arguments ?? [] : given
            _ = try ConfigurationOptions.settings(from: arguments).load()
            let wasWanted = BridgeRecord.read(home)?.wanted ?? true
            if !now, let open = ControlClient(home).status()?.open_questions, open > 0 {
                Console.error("waiting up to 30 s for \(open) answers that are under way …")
            }
            if !(try await BridgeStop(home: home).stop(draining: !now)) {
                Console.error("it was not running")
            }
            if wasWanted, BridgeRecord.read(home)?.wanted == false {
                Console.error("it was stopped meanwhile, and is not started again")
                return .success
            }
            let start = BridgeStart(home: home, arguments: arguments)
            return StartCommand.tell(try await start.start(), home: home)
        }
    }
}
