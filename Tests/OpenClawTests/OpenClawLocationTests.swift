import Testing

@testable import OpenClaw

@Suite("gateway.md C1: where openclaw.json is")
struct OpenClawLocationTests {
    @Test(
        "OpenClaw's own order",
        arguments: [
            ([:], [], "/h/.openclaw/openclaw.json"),
            ([:], ["/h/.openclaw", "/h/.clawdbot"], "/h/.openclaw/openclaw.json"),
            ([:], ["/h/.clawdbot", "/h/.clawdbot/clawdbot.json"], "/h/.clawdbot/clawdbot.json"),
            ([:], ["/h/.moltbot"], "/h/.moltbot/openclaw.json"),
            (["OPENCLAW_CONFIG_PATH": "/etc/x.json"], [], "/etc/x.json"),
            (["OPENCLAW_CONFIG_PATH": "~/x.json"], [], "/h/x.json"),
            (["OPENCLAW_STATE_DIR": "/s"], [], "/s/openclaw.json"),
            (["OPENCLAW_HOME": "/o"], ["/o/.openclaw"], "/o/.openclaw/openclaw.json"),
            (["OPENCLAW_PROFILE": "work"], ["/h/.openclaw-work"], "/h/.openclaw-work/openclaw.json"),
            (["OPENCLAW_PROFILE": "work"], [], "/h/.openclaw/openclaw.json"),
            (["OPENCLAW_CONFIG_PATH": "x.json"], [], "/now/x.json"),
            ([:], ["/h/.openclaw", "/h/.clawdbot/clawdbot.json"], "/h/.clawdbot/clawdbot.json"),
            (
                [:], ["/h/.openclaw/clawdbot.json", "/h/.clawdbot/openclaw.json"],
                "/h/.openclaw/clawdbot.json"
            ),
            (["OPENCLAW_STATE_DIR": ""], [], "/h/.openclaw/openclaw.json"),
        ] as [([String: String], [String], String)])
    func order(environment: [String: String], existing: [String], expected: String) {
        let location = OpenClawLocation(environment: environment, home: "/h", currentFolder: "/now") {
            existing.contains($0)
        }
        #expect(location.configPath == expected)
    }
}
