import Testing

@testable import OpenClaw

@Suite("gateway.md A6: what the lists say of a tool")
struct ToolPolicyTests {
    private static func policy(_ text: String, agent: String = "main") throws -> ToolPolicy {
        try OpenClawSample(text).load().policy(of: ToolPolicy.sessionsSend, agent: agent)
    }

    @Test(
        "gateway.tools",
        arguments: [
            ("{}", false, false), ("{gateway: {tools: {allow: ['sessions_send']}}}", true, false),
            ("{gateway: {tools: {allow: ['sessions_send'], deny: ['sessions_send']}}}", true, true),
            ("{gateway: {tools: {allow: 'sessions_send'}}}", false, false),
            ("{gateway: {tools: {allow: ['*']}}}", false, false), ("{gateway: 5}", false, false),
            ("{tools: {allow: ['sessions_send']}}", false, false),
        ])
    func gateway(text: String, isAllowed: Bool, isDenied: Bool) throws {
        let policy = try Self.policy(text)
        #expect(policy.isAllowed == isAllowed && policy.isDenied == isDenied)
    }

    @Test(
        "a list of nothing but the tool was put into the wrong place",
        arguments: [
            ("['sessions_send']", true), ("['sessions_send', 'sessions_send']", true), ("[]", false),
            ("['sessions_send', 'exec']", false), ("['sessions_send', 5]", false), ("'sessions_send'", false),
        ])
    func misplaced(list: String, expected: Bool) throws {
        #expect(try Self.policy("{tools: {allow: \(list)}}").isMisplaced == expected)
    }

    @Test(
        "what takes it away: deny first, groups, wildcards and profiles counted",
        arguments: [
            ("{tools: {}}", []), ("{tools: {allow: []}}", []),
            ("{tools: {allow: ['exec']}}", ["tools.allow"]),
            ("{tools: {allow: ['group:sessions']}}", []), ("{tools: {allow: ['group:openclaw']}}", []),
            ("{tools: {allow: ['group:fs']}}", ["tools.allow"]), ("{tools: {allow: ['*']}}", []),
            ("{tools: {allow: ['sessions_*']}}", []), ("{tools: {allow: ['*_send']}}", []),
            ("{tools: {allow: ['s*s*d']}}", []), ("{tools: {allow: ['s*x*d']}}", ["tools.allow"]),
            ("{tools: {allow: ['sessions_send*send']}}", ["tools.allow"]),
            ("{tools: {allow: [' Sessions_Send ']}}", []),
            ("{tools: {deny: ['sessions_send']}}", ["tools.deny"]),
            ("{tools: {deny: ['*'], allow: ['sessions_send']}}", ["tools.deny"]),
            ("{tools: {deny: ['group:sessions']}}", ["tools.deny"]),
            ("{tools: {deny: ['sessions_history']}}", []),
            ("{tools: {profile: 'minimal'}}", ["tools.profile"]),
            ("{tools: {profile: 'minimal', alsoAllow: ['sessions_send']}}", []),
            ("{tools: {profile: 'minimal', alsoAllow: ['group:sessions']}}", []),
            ("{tools: {profile: 'coding'}}", []), ("{tools: {profile: 'full'}}", []),
            (
                "{agents: {list: [{id: 'main', tools: {deny: ['sessions_send']}}]}}",
                ["agents.list[0].tools.deny"]
            ),
            (
                "{agents: {entries: {main: {tools: {allow: ['exec']}}}}}", ["agents.entries.main.tools.allow"]
            ),
            ("{agents: {list: [{id: 'other', tools: {deny: ['*']}}]}}", []),
            (
                "{tools: {profile: 'full'}, agents: {list: [{id: 'main', tools: {profile: 'minimal'}}]}}",
                ["agents.list[0].tools.profile"]
            ),
            (
                "{tools: {profile: 'minimal'}, agents: {list: [{id: 'main', tools: {profile: 'full'}}]}}", []
            ),
        ] as [(String, [String])])
    func blocks(text: String, expected: [String]) throws {
        let blocks = try Self.policy(text).blocks
        #expect(blocks.count == expected.count, "\(blocks)")
        for (block, start) in zip(blocks, expected) { #expect(block.problem.hasPrefix(start), "\(block)") }
    }

    @Test(
        "the cure is OpenClaw's own command, which replaces the list as a whole",
        arguments: [
            ("{tools: {allow: ['exec']}}", #"tools.allow '["exec","sessions_send"]'"#),
            ("{tools: {deny: ['exec', 'sessions_*']}}", #"tools.deny '["exec"]'"#),
            (
                "{tools: {profile: 'minimal', alsoAllow: ['exec']}}",
                #"tools.alsoAllow '["exec","sessions_send"]'"#
            ),
        ])
    func cures(text: String, change: String) throws {
        #expect(try Self.policy(text).blocks.map(\.cure) == ["openclaw config set \(change) --strict-json"])
    }
}
