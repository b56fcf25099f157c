import ArgumentParser

/// `clawdtalk doctor`: everything between a caller and the agent, looked at.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Look at everything between a caller and the agent, and say what to do about what is wrong.",
        discussion: """
            Asks nothing that changes anything. Exit statuses: 0 a call would be answered once the bridge runs, 1 \
            something is in the way.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false
    @Flag(help: "Ask nothing of the network.") var offline = false
    @Flag(
        help: "Log in at the service as the bridge does; throws out a client that is logged in with this key."
    )
    var connect = false

    func validate() throws {
        guard !(offline && connect) else { throw ValidationError("--offline and --connect are opposites.") }
    }

    func run() async throws {
        try await CommandRunner.run {
            if connect {
                Console.error("clawdtalk: a client that is logged in with this key is thrown out now.")
            }
            let doctor = Doctor(settings: options.settings, isOffline: offline, connects: connect)
            let report = try await doctor.examine()
            if json { Console.json(report) } else { report.table.forEach(Console.out) }
            return report.healthy ? .success : .failure
        }
    }
}
