import Foundation
import Testing

@Suite(
    "setup at a terminal",
    .enabled(if: BridgeProcess.binary != nil && SetupHome.python != nil))
struct TerminalSetupTests {
    private static let typed = "cc_typed_0123456789abcdef"
    private static let old = "{\n  gateway: {\n    port: 18789,\n  },\n}\n"

    private let home: SetupHome

    init() throws {
        home = try SetupHome()
        try home.write(SetupHome.configuration, Self.old)
        try home.write(".openclaw/workspace/USER.md", "- **Name:** Ana\n")
    }

    private struct Screen: Decodable {
        let status: Int32
        let screen: String
        let echoes: Bool
        /// Steps that the program did not come to.
        let left: Int
    }

    /// - Parameter steps: what to wait for, and what to type then.
    private func play(_ steps: [[String]], _ arguments: [String] = ["setup", "--offline"]) async throws
        -> Screen
    {
        // A Node client of somebody else on this machine would be one more question.
        let flags = arguments[0] == "setup" ? ["--no-stop-other-client"] : []
        let script = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: script) }
        try JSONEncoder().encode(steps).write(to: script)
        let player = (#filePath as NSString).deletingLastPathComponent + "/terminal.py"
        let run = try await home.run(
            arguments + flags, program: [try #require(SetupHome.python), player, script.path])
        try #require(run.status == 0, "\(run.said)")
        return try JSONDecoder().decode(Screen.self, from: Data(run.output.utf8))
    }

    private func members() throws -> [String: String] {
        let data = Data(try home.text("claw talk/skill-config.json").utf8)
        return try JSONSerialization.jsonObject(with: data) as? [String: String] ?? [:]
    }

    @Test("a whole dialogue: the key is not shown, Enter takes what is proposed")
    func dialogue() async throws {
        let screen = try await play([
            ["API key", "\n"], ["API key", "xy\u{7F}\u{15}\(Self.typed)\n"],
            ["Keep the key in .env", "maybe\n"],
            ["Please answer y or n", "y\n"], ["Gateway [http://127.0.0.1:18789]", "\n"],
            ["Gateway token (Enter for none)", "\n"], ["Agent [main]", "\n"], ["Your name [Ana]", "\n"],
            ["The agent's name", "Zoë\n"], ["First sentence", "Say \"hi\"\n"],
            ["sentence by sentence", "\n"], ["Add an agent \"voice\"", "\n"],
            ["Write this? A backup is kept beside it. [Y/n]", "\n"],
        ])
        #expect(screen.status == 0 && screen.left == 0 && screen.echoes, "\(screen.screen)")
        #expect(!screen.screen.contains("cc_typed_0123"))
        #expect(
            try members() == [
                "api_key": "${CLAWDTALK_API_KEY}", "owner_name": "Ana", "agent_name": "Zoë",
                "greeting": "Say \"hi\"",
            ])
        #expect(try home.text("claw talk/.env") == "CLAWDTALK_API_KEY=\(Self.typed)\n")
        #expect(try home.text(SetupHome.configuration).contains("allow: [\"sessions_send\"],"))
        #expect(screen.screen.contains("Next: clawdtalk start"))
    }

    @Test("Enter keeps everything that is there")
    func again() async throws {
        #expect(try await home.setUp(["--greeting", "Hi.", "--agent-name", "Pip"]).status == 0)
        let before = try home.picture()
        let screen = try await play([
            ["API key from the dashboard at clawdtalk.com [cc_te…def]", "\n"], ["Gateway [", "\n"],
            ["Gateway token", "\n"], ["Agent [", "\n"], ["Your name [Ana]", "\n"], ["name [Pip]", "\n"],
            ["[Hi.]", "\n"], ["sentence by sentence", "\n"], ["voice", "n\n"],
        ])
        #expect(screen.status == 0 && screen.left == 0, "\(screen.screen)")
        #expect(try home.picture() == before)
    }

    @Test("a no leaves openclaw.json alone and shows what it needs; a yes adds the voice agent")
    func answers() async throws {
        let no = try await play(
            [["sentence by sentence", "\n"], ["Add an agent", "no\n"], ["Write this?", "N\n"]],
            [
                "setup", "--offline", "--no-key-in-env", "--gateway-url", "http://127.0.0.1:18789",
                "--agent-id", "main",
                "--owner-name", "A", "--agent-name", "B", "--greeting", "C", "--gateway-token-file",
                home.full("api-key"),
            ]
                + home.keyFlags)
        #expect(
            no.status == 0 && no.screen.contains("gateway: { tools: { allow: [\"sessions_send\"] } }"),
            "\(no.screen)")
        #expect(try home.text(SetupHome.configuration) == Self.old)
        let flags = ["--agent-id", "main", "--owner-name", "A", "--agent-name", "B", "--greeting", "C"]
        let yes = try await play(
            [
                ["API key", "\n"], ["Gateway [", "\n"], ["Gateway token", "\n"],
                ["sentence by sentence", "\n"], ["Add an agent", "Yes\n"],
                ["Write this?", "y\n"],
            ],
            ["setup", "--offline"] + flags)
        #expect(yes.status == 0 && yes.left == 0, "\(yes.screen)")
        #expect(try home.text(SetupHome.configuration).contains("B Voice"))
    }

    @Test(
        "Ctrl-C and the end of input at any question: nothing is written, and the terminal echoes again",
        arguments: [
            [["API key", "\u{3}"]], [["API key", "cc_half\u{3}"]], [["API key", "\u{4}"]],
            [["API key", "cc_x\n"], ["Keep the key", "\u{3}"]],
            [["API key", "cc_x\n"], ["Keep the key", "\u{4}"]],
            [
                ["API key", "cc_x\n"], ["Keep the key", "n\n"], ["Gateway [", "\n"],
                ["Gateway token", "\u{3}"],
            ],
            [
                ["API key", "cc_x\n"], ["Keep", "n\n"], ["Gateway [", "\n"], ["Gateway token", "\n"],
                ["Agent [", "\n"],
                ["Your name", "\n"], ["name", "\n"], ["sentence", "\n"], ["sentence by sentence", "\n"],
                ["voice", "\n"],
                ["Write this?", "\u{3}"],
            ],
        ])
    func interrupted(steps: [[String]]) async throws {
        let before = try home.picture()
        let screen = try await play(steps)
        #expect(screen.status != 0 && screen.left == 0 && screen.echoes, "\(screen.screen)")
        #expect(!screen.screen.contains("cc_half"))
        #expect(try home.picture() == before && !home.exists("claw talk"))
    }

    @Test("uninstall asks too")
    func uninstall() async throws {
        #expect(try await home.setUp().status == 0)
        let screen = try await play(
            [["Take this out again? [Y/n]", "\n"], ["with the API key? [y/N]", "y\n"]], ["uninstall"])
        #expect(screen.status == 0 && screen.left == 0, "\(screen.screen)")
        #expect(try home.text(SetupHome.configuration) == Self.old)
        #expect(!home.exists("claw talk/skill-config.json") && !home.exists("claw talk/.setup.json"))
    }
}
