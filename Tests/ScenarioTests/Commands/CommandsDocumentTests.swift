import Foundation
import Testing

@Suite("docs/commands.md", .enabled(if: BridgeProcess.binary != nil))
struct CommandsDocumentTests {
    @Test("is what the help says")
    func isCurrent() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let run = try await CommandRun.run([
            "python3", root.appending(path: "scripts/commands-doc.py").path, BridgeProcess.binary ?? "",
            "--check",
        ])
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test("completions for each shell are made", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) async throws {
        let run = try await CommandRun.run([
            BridgeProcess.binary ?? "", "--generate-completion-script", shell,
        ])
        #expect(run.status == 0 && run.output.contains("schedule-batch") && run.errors.isEmpty)
    }
}
