import Foundation
import JSON5

/// What setup changes in openclaw.json.
extension ConfigurationPatch {
    private static let allowPath = ["gateway", "tools", "allow"]

    /// Adds `sessions_send` to `gateway.tools.allow`.
    package mutating func allowSessionsSend() throws(PatchRefusal) -> PatchAddition {
        try append(.string(ToolPolicy.sessionsSend), to: Self.allowPath)
    }

    /// Takes `sessions_send` out of `gateway.tools.deny`, which wins over allow.
    package mutating func undenySessionsSend() throws(PatchRefusal) {
        try removeEntries(ToolPolicy.sessionsSend, from: ["gateway", "tools", "deny"])
    }

    /// Takes a top-level `tools.allow` away that lists nothing but `sessions_send`, with `tools` when nothing else is
    /// in it.
    package mutating func removeMisplacedAllow() throws(PatchRefusal) {
        let isAlone = configuration.merged["tools"]?.members?.count == 1
        try removeMember(isAlone ? ["tools"] : ["tools", "allow"])
    }

    /// Lets the gateway serve `POST /v1/chat/completions`.
    package mutating func enableChatEndpoint() throws(PatchRefusal) -> PatchAddition {
        try insert(.bool(true), at: OpenClawConfiguration.chatEndpointPath)
    }

    /// The same in OpenClaw's own command line.
    package static let chatEndpointCommand =
        "openclaw config set \(OpenClawConfiguration.chatEndpointPath.joined(separator: ".")) true --strict-json"

    package static let voiceAgentID = "voice"

    /// Adds the agent `voice`, named after the default agent and with its workspace. The default agent stays the
    /// default: when it is not listed, it is listed first.
    /// - Returns: what was added, in order; empty when there is an agent of that id, which is used as it is.
    package mutating func addVoiceAgent(name: String?) throws(PatchRefusal) -> [PatchAddition] {
        let main = configuration.defaultAgent
        guard configuration.agent(Self.voiceAgentID) == nil else { return [] }
        let title = name ?? main.settings["name"]?.string ?? main.id.capitalized
        let settings: [(key: String, value: JSON5Value)] = [
            ("name", .string(VariableSubstitution.escaped(title + " Voice"))),
            ("workspace", .string(VariableSubstitution.escaped(configuration.workspace(of: main)))),
        ]
        var additions: [PatchAddition] = []
        if configuration.agents.isEmpty {
            additions.append(try addAgent(main.id, [("default", .bool(true))]))
        }
        additions.append(try addAgent(Self.voiceAgentID, settings))
        guard configuration.defaultAgent.id == main.id else {
            throw .defaultAgentWouldChange(path: configuration.path)
        }
        return additions
    }

    private mutating func addAgent(_ id: String, _ settings: [(key: String, value: JSON5Value)])
        throws(PatchRefusal) -> PatchAddition
    {
        switch configuration.agentForm {
        case .list: try append(.object([("id", .string(id))] + settings), to: ["agents", "list"])
        case .entries: try insert(.object(settings), at: ["agents", "entries", id])
        }
    }

    /// The text that does by hand what ``allowSessionsSend()`` does, keeping what is allowed already.
    package static func fragment(for configuration: OpenClawConfiguration?) -> String {
        "gateway: { tools: { allow: \(ToolPolicy.json(entries(configuration), separator: ", ")) } }"
    }

    /// The same in OpenClaw's own command line.
    package static func command(for configuration: OpenClawConfiguration?) -> String {
        ToolPolicy.command("gateway.tools.allow", entries(configuration))
    }

    private static func entries(_ configuration: OpenClawConfiguration?) -> [String] {
        // As it stands there: a variable's value may be a secret.
        let old = configuration?.merged[path: allowPath]?.strings ?? []
        return old.contains(ToolPolicy.sessionsSend) ? old : old + [ToolPolicy.sessionsSend]
    }
}
