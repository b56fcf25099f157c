import ArgumentParser

/// `clawdtalk stop`: ends the background bridge.
struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the bridge.",
        discussion: "Exit statuses: 0 it is stopped, or was not running; 1 it could not be stopped.")

    func run() async throws {
        try await CommandRunner.run {
            let home = HomeFolder.current
            // First, so that a watchdog does not start it again in between.
            var record = BridgeRecord.read(home) ?? BridgeRecord()
            record.wanted = false
            record.write(home)
            Console.out(try await BridgeStop(home: home).stop() ? "stopped" : "not running")
            return .success
        }
    }
}
