package import JSON5

/// An agent of openclaw.json: an element of `agents.list`, or a member of `agents.entries` (shared/spec/gateway.md C6).
package struct AgentEntry: Equatable, Sendable {
    package let id: String
    package let settings: JSON5Value
}

extension OpenClawConfiguration {
    /// How the file keeps its agents.
    package enum AgentForm: Equatable, Sendable {
        case list, entries
    }

    package var agentForm: AgentForm {
        value[path: ["agents", "entries"]]?.members == nil ? .list : .entries
    }

    package var agents: [AgentEntry] {
        if let members = value[path: ["agents", "entries"]]?.members {
            return members.map { AgentEntry(id: Self.agentID($0.key), settings: $0.value) }
        }
        return (value[path: ["agents", "list"]]?.elements ?? []).compactMap { settings in
            settings.members.map { _ in
                AgentEntry(id: Self.agentID(settings["id"]?.string ?? ""), settings: settings)
            }
        }
    }

    /// The first one that says so, else the first one, else `main`.
    package var defaultAgent: AgentEntry {
        agents.first { $0.settings["default"]?.bool == true } ?? agents.first
            ?? AgentEntry(id: "main", settings: .object([]))
    }

    package func agent(_ id: String) -> AgentEntry? { agents.first { $0.id == Self.agentID(id) } }

    /// The folder of an agent's own files, with USER.md and IDENTITY.md.
    package func workspace(of agent: AgentEntry) -> String {
        func expanded(_ path: String) -> String {
            OpenClawLocation.expanded(path, home: source.location.home, source.location.stateFolder)
        }
        if let own = agent.settings["workspace"]?.string, !own.isEmpty { return expanded(own) }
        let shared = value[path: ["agents", "defaults", "workspace"]]?.string.flatMap {
            $0.isEmpty ? nil : $0
        }
        guard agent.id == defaultAgent.id else {
            return shared.map { expanded($0) + "/" + agent.id }
                ?? source.location.stateFolder + "/workspace-" + agent.id
        }
        if let shared { return expanded(shared) }
        if let folder = variable("OPENCLAW_WORKSPACE_DIR") { return folder }
        let profile = source.environment["OPENCLAW_PROFILE"].flatMap {
            $0.isEmpty || $0 == "default" ? nil : $0
        }
        return source.location.home + "/.openclaw/workspace" + (profile.map { "-" + $0 } ?? "")
    }

    /// OpenClaw's own spelling of an id: lower case; what is not a letter, digit, `-` or `_` becomes a dash.
    static func agentID(_ text: String) -> String {
        let characters = text.split(separator: " ").joined(separator: " ").lowercased().map { character in
            character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
                ? character : "-"
        }
        return characters.isEmpty ? "main" : String(characters.prefix(64))
    }
}
