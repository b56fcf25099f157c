import Foundation

extension SetupRow {
    private static let plain = "{gateway: {tools: {allow: ['cron']}}}\n"
    private static let main = SetupHome.configuration

    /// What setup does not touch: the file stays, skill-config.json is written.
    static let refusals = [
        SetupRow("gateway is no object", "{\n  gateway: 5,\n}\n")
            .refused("gateway is not an object (line 2, column 12)"),
        SetupRow("allow is no array", "{gateway: {tools: {allow: 'sessions_send'}}}")
            .refused("gateway.tools.allow is not an array (line 1, column 27)"),
        SetupRow("no object at all", "[]").refused("the whole value is not an object"),
        SetupRow("not JSON5", "{\n  gateway: {,}\n}\n").refused("line 2, column 13"),
        SetupRow("nothing in it", "").refused("line 1, column 1"),
        SetupRow("no file", files: [:]).refused("it does not exist"),
        SetupRow(
            "a list of includes that owns the key",
            files: [
                main: "{$include: ['a.json5', 'b.json5']}",
                ".openclaw/a.json5": "{gateway: {tools: {allow: []}}}",
                ".openclaw/b.json5": "{}",
            ]
        ).refused("gateway.tools.allow comes from an $include that is merged with others"),
        SetupRow(
            "an include beside keys that owns the key",
            files: [
                main: "{$include: 'a.json5', agents: {}}", ".openclaw/a.json5": plain,
            ]
        ).refused("comes from an $include that is merged with others"),
        SetupRow(
            "includes in a circle",
            files: [
                main: "{$include: 'a.json5'}", ".openclaw/a.json5": "{$include: 'openclaw.json'}",
            ]
        ).refused("it includes itself"),
        SetupRow("a missing include", "{$include: 'none.json5'}").refused("which does not exist"),
        SetupRow(
            "an include outside the folder",
            files: [
                main: "{$include: '../a.json5'}", "a.json5": plain,
            ]
        ).refused("which is outside its folder"),
        SetupRow("a link out of the folder", files: [main: "{$include: 'a.json5'}", "a.json5": plain])
            .refused("which is outside its folder").prepared { home in
                try FileManager.default.createSymbolicLink(
                    atPath: home.full(".openclaw/a.json5"), withDestinationPath: "../a.json5")
            },
        SetupRow("an include that is no name", "{$include: 5}").refused("neither a text nor a list of texts"),
        SetupRow(
            "an include with hard links",
            files: [
                main: "{$include: 'a.json5'}", ".openclaw/a.json5": plain,
            ]
        ).refused("which has hard links").prepared { home in
            try FileManager.default.linkItem(
                atPath: home.full(".openclaw/a.json5"), toPath: home.full(".openclaw/b.json5"))
        },
        SetupRow("read-only", plain).refused("it is read-only. Make it writable: chmod u+w").prepared {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o444], ofItemAtPath: $0.full(main))
        },
        SetupRow("hard links", plain).refused("it has 2 hard links").prepared { home in
            try FileManager.default.linkItem(atPath: home.full(main), toPath: home.full("other.json"))
        },
        SetupRow("a folder in its place", files: [:]).refused("it is not a regular file").prepared { home in
            try FileManager.default.createDirectory(
                atPath: home.full(main), withIntermediateDirectories: true)
        },
        SetupRow("a link to nothing", files: [:]).refused("finding the file failed").prepared { home in
            try FileManager.default.createSymbolicLink(
                atPath: home.full(main), withDestinationPath: "/nowhere/openclaw.json")
        },
        SetupRow("made by Nix", plain).refused("OPENCLAW_NIX_MODE is 1").with {
            $0.environment = ["OPENCLAW_NIX_MODE": "1"]
        },
        SetupRow("made by Nix, but it has all it needs", "{gateway: {tools: {allow: ['sessions_send']}}}")
            .with(environment: ["OPENCLAW_NIX_MODE": "1"]),
        SetupRow("a gateway on another machine", "{gateway: {mode: 'remote', remote: {url: 'ws://h:1'}}}")
            .refused("gateway.mode is remote, ws://h:1").with { $0.flags = ["--patch-gateway"] },
        SetupRow(
            "a gateway on another machine, not insisted on",
            "{gateway: {mode: 'remote', remote: {url: 'wss://h'}}}"
        )
        .saying("The gateway is not on this machine", "gateway: { tools: { allow: ["),
    ]
}
