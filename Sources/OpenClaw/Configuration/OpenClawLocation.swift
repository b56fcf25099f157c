/// Where OpenClaw keeps its configuration, in OpenClaw's own order (shared/spec/gateway.md C1).
package struct OpenClawLocation: Equatable, Sendable {
    /// The configuration file, whether it exists or not.
    package let configPath: String
    /// The `.env` beside it, which OpenClaw reads for `${NAME}`.
    package let dotEnvPath: String

    /// - Parameters:
    ///   - exists: whether there is something at a path.
    package init(environment: [String: String], home: String, exists: (String) -> Bool) {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        func expanded(_ path: String, _ home: String) -> String {
            path == "~" ? home : path.hasPrefix("~/") ? home + path.dropFirst() : path
        }
        let home = variable("OPENCLAW_HOME").map { expanded($0, home) } ?? home
        let profile = variable("OPENCLAW_PROFILE").map { "/.openclaw-" + $0 }
        let folders = ["/.openclaw", "/.clawdbot", "/.moldbot", "/.moltbot"].map { home + $0 }
        let folder =
            variable("OPENCLAW_STATE_DIR").map { expanded($0, home) } ?? profile.map { home + $0 }
            ?? folders.first(where: exists) ?? folders[0]
        let names = ["openclaw.json", "clawdbot.json", "moldbot.json", "moltbot.json"].map {
            folder + "/" + $0
        }
        configPath =
            variable("OPENCLAW_CONFIG_PATH").map { expanded($0, home) } ?? names.first(where: exists)
            ?? names[0]
        dotEnvPath = folder + "/.env"
    }
}
