import ArgumentParser

/// `clawdtalk missions`: work that takes calls, texts and days.
struct MissionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "missions",
        abstract: "Missions: runs with plans and logs, assistants, numbers, scheduled calls and texts.",
        discussion: """
            Examples:

              clawdtalk missions create-mission "Find a plumber" "Call three of them"
              clawdtalk missions create-run MISSION '{"city": "Austin"}'
              clawdtalk missions update-step MISSION RUN STEP completed
              clawdtalk missions schedule-call ASSISTANT TO FROM 2026-12-01T15:00:00Z
              clawdtalk missions list-missions --json

            Exit statuses: 0 it happened, 1 it did not, 64 usage (nothing was sent), 69 the service cannot be reached, 77 \
            key refused, 78 configuration.
            """,
        subcommands: [Help.self],
        groupedSubcommands: [
            CommandGroup(name: "A mission from beginning to end", subcommands: FlowCommands.all),
            CommandGroup(
                name: "Missions that look after themselves",
                subcommands: AutopilotCommands.all + OverviewCommands.all + [BatchCommand.self]),
            CommandGroup(name: "What is known here", subcommands: StateCommands.all + MemoryCommands.all),
            CommandGroup(name: "Missions and runs", subcommands: MissionCommands.all + RunCommands.all),
            CommandGroup(name: "Plans and events", subcommands: PlanCommands.all + EventCommands.all),
            CommandGroup(name: "Assistants", subcommands: AssistantCommands.all + AgentCommands.all),
            CommandGroup(name: "Numbers", subcommands: PhoneCommands.all),
            CommandGroup(name: "Scheduled calls and texts", subcommands: AppointmentCommands.all),
            CommandGroup(name: "Configuration", subcommands: [CheckKeyCommand.self]),
        ])

    /// The parser knows `help` at the root only.
    struct Help: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "help", abstract: "Show this, or the help of one command.", shouldDisplay: false)

        @Argument(help: "The command.") var command: String?

        func run() throws {
            guard let command else { throw CleanExit.helpRequest(MissionsCommand.self) }
            guard let type = MissionsCommand.command(named: command) else {
                throw ValidationError("There is no such command. Try: clawdtalk missions --help")
            }
            throw CleanExit.helpRequest(type)
        }
    }

    static func command(named name: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0.configuration.commandName == name }
    }
}
