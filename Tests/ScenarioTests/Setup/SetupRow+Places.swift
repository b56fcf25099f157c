import Foundation

extension SetupRow {
    private static let old = "{gateway: {tools: {allow: []}}}\n"
    private static let new = "{gateway: {tools: {allow: [\"sessions_send\"]}}}\n"

    private static func at(_ name: String, _ path: String, others: [String] = []) -> SetupRow {
        var files = [path: old]
        for other in others { files[other] = old }
        return SetupRow(name, files: files, after: [path: new])
    }

    /// Where openclaw.json may be.
    static let places = [
        at("OPENCLAW_CONFIG_PATH", "etc/x.json5", others: [SetupHome.configuration])
            .with(environment: ["OPENCLAW_CONFIG_PATH": "HOME/etc/x.json5"]),
        at("OPENCLAW_CONFIG_PATH with a tilde", "etc/x.json5")
            .with(environment: ["OPENCLAW_CONFIG_PATH": "~/etc/x.json5"]),
        at("OPENCLAW_STATE_DIR", "state/openclaw.json", others: [SetupHome.configuration])
            .with(environment: ["OPENCLAW_STATE_DIR": "HOME/state"]),
        at("OPENCLAW_HOME", "other/.openclaw/openclaw.json", others: [SetupHome.configuration])
            .with(environment: ["OPENCLAW_HOME": "HOME/other"]),
        at("OPENCLAW_PROFILE", ".openclaw-work/openclaw.json", others: [SetupHome.configuration])
            .with(environment: ["OPENCLAW_PROFILE": "work"]),
        at("the older name", ".clawdbot/clawdbot.json")
            .prepared { try FileManager.default.removeItem(atPath: $0.path + "/.openclaw") },
        at(
            "an older name beside today's: today's counts", SetupHome.configuration,
            others: [".clawdbot/clawdbot.json"]),
        at("a symbolic link stays one", "dotfiles/openclaw.json").prepared { home in
            try FileManager.default.createSymbolicLink(
                atPath: home.full(SetupHome.configuration),
                withDestinationPath: "../dotfiles/openclaw.json")
        } restore: { home in
            let target = try FileManager.default.destinationOfSymbolicLink(
                atPath: home.full(SetupHome.configuration))
            guard target == "../dotfiles/openclaw.json" else { throw CocoaError(.fileReadUnknown) }
        },
        at("a chain of symbolic links", "b/real.json").prepared { home in
            try FileManager.default.createDirectory(
                atPath: home.full("a"), withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: home.full("a/link.json"), withDestinationPath: home.full("b/real.json"))
            try FileManager.default.createSymbolicLink(
                atPath: home.full(SetupHome.configuration), withDestinationPath: "../a/link.json")
        },
        SetupRow(
            "a token by a variable of OpenClaw's own .env",
            files: [
                SetupHome.configuration: "{gateway: {auth: {token: '${TOKEN}'}, tools: {allow: []}}}",
                ".openclaw/.env": "TOKEN=t\n",
            ],
            after: [
                SetupHome.configuration:
                    "{gateway: {auth: {token: '${TOKEN}'}, tools: {allow: ['sessions_send']}}}"
            ]),
    ]

    private static let main = SetupHome.configuration

    /// Where the key may come from.
    static let includes = [
        SetupRow(
            "one plain include: the included file is changed",
            files: [main: "{$include: './own.json5', }", ".openclaw/own.json5": old],
            after: [".openclaw/own.json5": new]),
        SetupRow(
            "an include of gateway",
            files: [
                main: "{\n  gateway: { $include: 'parts/gateway.json5' },\n}\n",
                ".openclaw/parts/gateway.json5": "{port: 18789}",
            ],
            after: [".openclaw/parts/gateway.json5": "{port: 18789, tools: {allow: [\"sessions_send\"]}}"]),
        SetupRow(
            "an include of the list itself",
            files: [
                main: "{gateway: {tools: {allow: {$include: 'allow.json5'}}}}",
                ".openclaw/allow.json5": "[\n  'cron',\n]\n",
            ],
            after: [".openclaw/allow.json5": "[\n  'cron',\n  'sessions_send',\n]\n"]),
        SetupRow(
            "an include in an include",
            files: [
                main: "{$include: 'a.json5'}", ".openclaw/a.json5": "{gateway: {$include: 'b.json5'}}",
                ".openclaw/b.json5": "{tools: {allow: []}}",
            ],
            after: [".openclaw/b.json5": "{tools: {allow: [\"sessions_send\"]}}"]),
        SetupRow(
            "an include beside keys, of which the main file owns this one",
            files: [
                main: "{$include: 'a.json5', gateway: {tools: {allow: ['cron']}}}",
                ".openclaw/a.json5": "{gateway: {port: 18789}}",
            ],
            after: [main: "{$include: 'a.json5', gateway: {tools: {allow: ['cron', 'sessions_send']}}}"]),
        SetupRow(
            "includes that say nothing of the gateway",
            files: [
                main: "{$include: ['a.json5'], gateway: {}}", ".openclaw/a.json5": "{agents: {}}",
            ],
            after: [
                main: "{$include: ['a.json5'], gateway: {tools: {allow: ['sessions_send']}}}"
            ]),
        SetupRow(
            "allowed in an include already",
            files: [
                main: "{$include: ['a.json5', 'b.json5']}", ".openclaw/a.json5": old,
                ".openclaw/b.json5": new,
            ]
        ).saying("allows sessions_send already"),
        SetupRow(
            "two files change: a denial in one, the list in the other",
            files: [
                main: "{gateway: {tools: {deny: {$include: 'deny.json5'}, allow: []}}}",
                ".openclaw/deny.json5": "['sessions_send', 'cron']",
            ],
            after: [
                main: "{gateway: {tools: {deny: {$include: 'deny.json5'}, allow: ['sessions_send']}}}",
                ".openclaw/deny.json5": "['cron']",
            ]
        ).with { $0.afterUninstall = [".openclaw/deny.json5": "['cron']"] },
    ]
}
