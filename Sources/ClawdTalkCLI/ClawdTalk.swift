import ArgumentParser

@main
struct ClawdTalk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clawdtalk",
        abstract: "Gives the agent behind your OpenClaw gateway a telephone: the voice bridge to ClawdTalk.",
        discussion: """
            Exit statuses: 0 it happened, 1 failed, 3 not running, 10 to 13 not approved, 64 usage, \
            69 not reachable, 73 cannot write, 75 not yet, 76 another client keeps taking over the key, 77 key refused, 78 configuration.
            """,
        subcommands: [
            SetupCommand.self, DoctorCommand.self, RunCommand.self, StartCommand.self, StopCommand.self,
            RestartCommand.self, StatusCommand.self, LogsCommand.self, WatchdogCommand.self, AskCommand.self,
            CallsCommand.self, DemoCommand.self,
            CallCommand.self, SMSCommand.self, ApprovalCommand.self,
            MissionsCommand.self,
            ServiceCommand.self, UpdateCommand.self, UninstallCommand.self, VersionCommand.self,
        ])
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let word = HyphenatedTexts.refused(in: arguments) {
            Console.error(
                Console.printable("clawdtalk: \(word) is no option. A text that begins with - comes after --")
            )
            exit(withError: ExitStatus.usage.exitCode)
        }
        await main(HyphenatedTexts.arranged(arguments))
    }
}
