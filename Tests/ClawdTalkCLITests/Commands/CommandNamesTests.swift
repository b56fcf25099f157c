import ArgumentParser
import Testing

@testable import ClawdTalkCLI

@Suite("The commands")
struct CommandNamesTests {
    private func all(below command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        command.configuration.subcommands.flatMap { [$0] + all(below: $0) }
    }

    @Test("each says its name: one made from its type's would cost every start of the program 0.2 ms")
    func names() {
        let commands = all(below: ClawdTalk.self)
        #expect(commands.count > 80)
        for command in commands { #expect(command.configuration.commandName != nil, "\(command)") }
    }
}
