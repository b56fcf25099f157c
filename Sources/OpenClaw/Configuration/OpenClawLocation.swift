/// Where OpenClaw keeps its configuration, in OpenClaw's own order (shared/spec/gateway.md C1).
package struct OpenClawLocation: Equatable, Sendable {
    /// The configuration file, whether it exists or not.
    package let configPath: String
    /// Where OpenClaw keeps everything else.
    package let stateFolder: String
    /// The home folder as OpenClaw takes it.
    package let home: String
    /// The `.env` files that OpenClaw reads for `${NAME}`, best first.
    package let dotEnvPaths: [String]

    private static let fileNames = ["openclaw.json", "clawdbot.json", "moldbot.json", "moltbot.json"]
    private static let folderNames = [".openclaw", ".clawdbot", ".moldbot", ".moltbot"]

    /// - Parameters:
    ///   - currentFolder: what relative paths begin at.
    ///   - exists: whether there is something at a path.
    package init(
        environment: [String: String], home: String, currentFolder: String = "/", exists: (String) -> Bool
    ) {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home =
            variable("OPENCLAW_HOME").map { Self.expanded($0, home: home, currentFolder) } ?? home
        let named = variable("OPENCLAW_STATE_DIR").map { Self.expanded($0, home: home, currentFolder) }
        // OpenClaw's own --profile sets OPENCLAW_STATE_DIR; the variable alone counts where its folder is there.
        let profile = variable("OPENCLAW_PROFILE").map { home + "/.openclaw-" + $0 }.flatMap {
            exists($0) ? $0 : nil
        }
        let folders = (named ?? profile).map { [$0] } ?? Self.folderNames.map { home + "/" + $0 }
        let files = folders.flatMap { folder in Self.fileNames.map { folder + "/" + $0 } }
        let config = variable("OPENCLAW_CONFIG_PATH").map { Self.expanded($0, home: home, currentFolder) }
        stateFolder = named ?? profile ?? folders.first(where: exists) ?? folders[0]
        configPath = config ?? files.first(where: exists) ?? stateFolder + "/openclaw.json"
        let parent = String(configPath[..<(configPath.lastIndex(of: "/") ?? configPath.startIndex)])
        let main = named ?? config.map { _ in parent } ?? stateFolder
        dotEnvPaths = [main + "/.env", home + "/.config/openclaw/gateway.env"]
        self.home = home
    }

    /// `~` stands for the home folder, and relative paths begin at the current one.
    package static func expanded(_ path: String, home: String, _ currentFolder: String) -> String {
        if path == "~" { return home }
        if path.hasPrefix("~/") { return home + path.dropFirst() }
        return path.hasPrefix("/") ? path : currentFolder + "/" + path
    }
}
