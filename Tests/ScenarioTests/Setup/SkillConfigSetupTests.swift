import Foundation
import Testing

@Suite("skill-config.json and .env as setup writes them", .enabled(if: BridgeProcess.binary != nil))
struct SkillConfigSetupTests {
    private let home: SetupHome
    private static let config = "claw talk/skill-config.json"

    init() throws {
        home = try SetupHome()
        try home.write(SetupHome.configuration, "{gateway: {tools: {allow: ['sessions_send']}}}\n")
    }

    private func members() throws -> [String: String] {
        let object = try JSONSerialization.jsonObject(with: Data(home.text(Self.config).utf8))
        return try #require(object as? [String: String])
    }

    @Test("unknown keys, numbers, order and everything that is not answered stay; the mode becomes 0600")
    func reconfigured() async throws {
        let old = """
            {
                "x": 1.0,
                "greeting": "Hi \\u00e9, what's \\"up\\"?",
                "server": "https://old.example",
                "api_key": "cc_old_0123456789abcdef",
                "gateway_url": "http://127.0.0.1:4000",
                "n": [123456789012345678, 2.50, -0, 1e3], "o": {"b": null, "a": true}
            }
            """
        try home.write(Self.config, old, mode: 0o644)
        let run = try await home.run(["setup", "--offline", "--yes", "--owner-name", "Ana"])
        #expect(run.status == 0, "\(run.said)")
        #expect(try home.text(Self.config) == String(old.dropLast(2)) + ", \"owner_name\": \"Ana\"\n}")
        #expect(try home.mode(Self.config) == 0o600)
        let picture = try home.picture()
        #expect(try await home.run(["setup", "--offline", "--yes"]).status == 0)
        #expect(try home.picture() == picture)
    }

    @Test("agent_link: chat with the flag, away with its opposite, untouched by --yes alone")
    func chat() async throws {
        #expect(try await home.setUp().status == 0)
        #expect(try members()["agent_link"] == nil)
        #expect(try await home.setUp(["--chat-endpoint"]).status == 0)
        #expect(try members()["agent_link"] == "chat")
        #expect(try home.text(SetupHome.configuration).contains("chatCompletions: {enabled: true}"))
        #expect(try await home.setUp().status == 0)
        #expect(try members()["agent_link"] == "chat")
        #expect(try await home.setUp(["--no-chat-endpoint"]).status == 0)
        #expect(try members()["agent_link"] == nil)
    }

    @Test("a file that others can read is closed, though nothing else changes")
    func exposed() async throws {
        #expect(try await home.setUp().status == 0)
        let text = try home.text(Self.config)
        try home.write(Self.config, text, mode: 0o644)
        #expect(try await home.setUp().status == 0)
        #expect(try home.text(Self.config) == text && home.mode(Self.config) == 0o600)
    }

    @Test(
        "any text is encoded, and read back as it was",
        arguments: [
            #"a", "server": "http://evil"#, #"C:\new\"#, "\"", "\\", "'", "{}", "🦞 é \u{301}", "a\nb\tc\r",
            "\u{1}\u{1F}\u{7F}",
            "\u{2028}\u{2029}\u{FEFF}", "</script>", "-x", "${HOM}x", "$", "null",
        ])
    func values(text: String) async throws {
        let flags = ["--owner-name=\(text)", "--agent-name=\(text)", "--greeting=\(text)", "--json"]
        #expect(try await home.setUp(flags).json()["config_changed"] as? Bool == true)
        let members = try members()
        for key in ["owner_name", "agent_name", "greeting"] {
            #expect(members[key].map { Array($0.utf8) } == Array(text.utf8))
        }
        #expect(Set(members.keys) == ["api_key", "owner_name", "agent_name", "greeting"])
        #expect(try await home.setUp(flags).json()["config_changed"] as? Bool == false)
    }

    @Test("every flag")
    func flags() async throws {
        try home.write("token", "  a token\n")
        let run = try await home.setUp([
            "--server", "https://s.example", "--gateway-url", "http://127.0.0.1:4321", "--gateway-token-file",
            home.full("token"), "--agent-id", "home", "--owner-name", "Ana", "--agent-name", "Pip",
            "--greeting", "Hi.", "--owner-number", "+13125550142",
            "--no-key-in-env", "--no-voice-agent", "--no-stop-other-client", "--no-patch-gateway", "--json",
        ])
        #expect(run.status == 0, "\(run.said)")
        #expect(
            try members() == [
                "api_key": SetupHome.key, "server": "https://s.example",
                "gateway_url": "http://127.0.0.1:4321",
                "gateway_token": "a token", "agent_id": "home", "owner_name": "Ana", "agent_name": "Pip",
                "greeting": "Hi.", "owner_number": "+13125550142",
            ])
        let report = try run.json()
        #expect(report["patch"] as? String == "already_allowed" && report["config_changed"] as? Bool == true)
        #expect(!run.said.contains(SetupHome.key) && !run.said.contains("a token"))
        #expect((report["doctor"] as? [String: Any])?["rows"] != nil)
    }

    @Test("--config names another file")
    func named() async throws {
        #expect(try await home.setUp(["--config", home.full("other.json")]).status == 0)
        #expect(try home.mode("other.json") == 0o600 && !home.exists(Self.config))
    }

    @Test(
        "a file that is no JSON object is set aside",
        arguments: ["{oops", "[]", "{a: 1}", "{} // x", "\u{0}"])
    func damaged(text: String) async throws {
        try home.write(Self.config, text)
        let before = try home.picture()
        let mute = try await home.run(["setup", "--offline", "--patch-gateway"] + home.keyFlags)
        #expect(mute.status == 64 && mute.errors.contains("--yes"), "\(mute.said)")
        let dry = try await home.setUp(["--dry-run"])
        #expect(dry.status == 0 && dry.output.contains("+   \"api_key\": \"***\""), "\(dry.said)")
        #expect(try home.picture() == before)
        #expect(try await home.setUp().status == 0)
        #expect(try members() == ["api_key": SetupHome.key])
        let aside = try #require(try home.names("claw talk").first { $0.contains(".broken-") })
        #expect(try home.text("claw talk/" + aside) == text && home.mode("claw talk/" + aside) == 0o600)
    }

    @Test("of duplicate keys the bridge reads the one that setup writes")
    func duplicates() async throws {
        try home.write(Self.config, #"{"api_key": "cc_first_0123456789", "api_key": "cc_second_0123456789"}"#)
        #expect(try await home.setUp().status == 0)
        let doctor = try await home.run(["doctor", "--offline"])
        #expect(doctor.output.contains("cc_te…def"), "\(doctor.output)")
    }

    // MARK: the key and the token

    @Test(
        "the key goes into .env on demand; its other lines stay, and uninstall takes out what setup put in",
        arguments: ["", "# mine\nA=1\r\nB='2'", "export CLAWDTALK_API_KEY=cc_old\nA=1\n"])
    func keyInEnv(old: String) async throws {
        if !old.isEmpty { try home.write("claw talk/.env", old, mode: 0o644) }
        #expect(try await home.setUp(["--key-in-env"]).status == 0)
        #expect(try members() == ["api_key": "${CLAWDTALK_API_KEY}"])
        let text = try home.text("claw talk/.env")
        #expect(text.contains("CLAWDTALK_API_KEY=\(SetupHome.key)") && !text.contains("cc_old"))
        #expect(try home.mode("claw talk/.env") == 0o600)
        #expect(try await home.run(["doctor", "--offline"]).output.contains("cc_te…def"))
        #expect(try await home.run(["uninstall", "--yes", "--remove-config"]).status == 0)
        #expect(!home.exists(Self.config) && home.exists("claw talk/.env") != old.isEmpty)
        if !old.isEmpty { #expect(try !home.text("claw talk/.env").contains("cc_")) }
    }

    @Test("a key that the environment gives is not copied")
    func keyInEnvironment() async throws {
        let run = try await home.run(
            ["setup", "--offline", "--yes"], environment: ["CLAWDTALK_API_KEY": "cc_environment_0123"])
        #expect(run.status == 0 && run.output.contains("comes from CLAWDTALK_API_KEY"))
        #expect(try members().isEmpty)
    }

    @Test(
        "a token that openclaw.json has is taken out, another one stays",
        arguments: [("t0ken", nil), ("another", "another"), ("${T}", "${T}")] as [(String, String?)])
    func token(old: String, expected: String?) async throws {
        try home.write(
            SetupHome.configuration, "{gateway: {auth: {token: 't0ken'}, tools: {allow: ['sessions_send']}}}")
        try home.write(
            Self.config,
            #"{"api_key": "cc_0123456789abcdef", "gateway_token": "\#(old)", "agent_id": "main"}"#)
        let run = try await home.run(["setup", "--offline", "--yes"], environment: ["T": "t0ken"])
        #expect(run.status == 0, "\(run.said)")
        #expect(try members()["gateway_token"] == expected)
        #expect(!run.said.contains("t0ken"))
    }

    @Test("names are proposed from the default agent's workspace")
    func names() async throws {
        try home.write(".openclaw/workspace/USER.md", "- **Name:** Anastasia\n- **What to call them:** Ana\n")
        try home.write(".openclaw/workspace/IDENTITY.md", "- **Name:** Pip (a lobster)\n")
        #expect(try await home.setUp().status == 0)
        #expect(try members() == ["api_key": SetupHome.key, "owner_name": "Ana", "agent_name": "Pip"])
    }

    // MARK: what is missing

    @Test(
        "a missing or bad answer: 64, the flag is named, and nothing at all is written",
        arguments: [
            (["--yes"], "--api-key-file"), (["--non-interactive"], "--api-key-file"),
            (["--api-key-file", "none"], "--api-key-file"), (["--api-key-file", "empty"], "--api-key-file"),
            (["--yes", "--api-key-file", "api-key", "--server", "nonsense"], "server"),
            (["--yes", "--api-key-file", "api-key", "--gateway-url", "ftp://x"], "gateway_url"),
            (["--yes", "--api-key-file", "api-key", "--agent-id", "a:b"], "agent_id"),
            (["--yes", "--api-key-file", "api-key", "--gateway-token-file", "none"], "--gateway-token-file"),
            (["--api-key-file", "api-key"], "--patch-gateway"), (["--yes", "--server"], "--server"),
            (["--nonsense"], "--nonsense"),
        ])
    func missing(flags: [String], named: String) async throws {
        try home.write(SetupHome.configuration, "{gateway: {}}")
        try home.write("empty", "\n")
        let before = try home.picture()
        for more in [[], ["--json"]] {
            let run = try await home.run(["setup", "--offline"] + flags + more, input: "\n")
            #expect(run.status == 64 && run.errors.contains(named), "\(run.said)")
            #expect(more.isEmpty || run.output.isEmpty, "\(run.output)")
        }
        #expect(try home.picture() == before && !home.exists("claw talk"))
    }

    @Test("setup.sh hands over: no terminal and no flags is 64")
    func script() async throws {
        let root = URL(filePath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()
        let before = try home.picture()
        let run = try await CommandRun.run(
            ["bash", "\(root)/setup.sh", "--offline"],
            environment: BridgeProcess.environment(
                URL(filePath: home.path), ["CLAWDTALK_HOME": home.clawdTalk]), input: "\n", folder: home.path)
        #expect(run.status == 64 && run.errors.contains("--api-key-file"), "\(run.said)")
        #expect(try home.picture() == before)
    }
}
