import JSON5

/// What openclaw.json says of a tool that is asked for over HTTP (shared/spec/gateway.md A6): the lists of
/// `gateway.tools`, and before them the policies of `tools` and of the agent, each of which can take it away.
package struct ToolPolicy: Equatable, Sendable {
    /// `gateway.tools.allow` lists it. Needed for `sessions_send` only: the gateway denies it by default.
    package let isAllowed: Bool
    /// `gateway.tools.deny` lists it, which wins.
    package let isDenied: Bool
    /// It is all that the top-level `tools.allow` lists: put there by mistake, and no other tool is left.
    package let isMisplaced: Bool
    /// The policies that take it away, each with what to change.
    package let blocks: [String]

    package static let sessionsSend = "sessions_send"
    package static let sessionsHistory = "sessions_history"
}

extension OpenClawConfiguration {
    package func policy(of tool: String, agent id: String) -> ToolPolicy {
        let gateway = value[path: ["gateway", "tools"]]
        let tools = value["tools"]
        let isMisplaced =
            tools?["allow"]?.elements?.isEmpty == false
            && tools?["allow"]?.elements?.allSatisfy { $0.string == tool } == true
        let own = agent(id)?.settings["tools"]
        let global = ToolLayer(place: "tools", tools)
        let agentLayer = ToolLayer(place: "the tools of agent \(id)", own)
        let profile = [(agentLayer, own), (global, tools)].first { $0.1?["profile"]?.string != nil }
        var blocks = [global, agentLayer].compactMap { $0.block(of: tool) }
        if let (layer, settings) = profile, let name = settings?["profile"]?.string {
            let also = (own?["alsoAllow"] ?? tools?["alsoAllow"])?.strings ?? []
            if name == "minimal", !ToolLayer.lists(also, tool) {
                blocks.append("\(layer.place).profile is \(name), without \(tool): add it to tools.alsoAllow")
            }
        }
        return ToolPolicy(
            isAllowed: gateway?["allow"]?.strings.contains(tool) ?? false,
            isDenied: gateway?["deny"]?.strings.contains(tool) ?? false, isMisplaced: isMisplaced,
            blocks: blocks)
    }
}

/// One policy with its own lists. Deny wins; an empty or absent allow allows everything.
private struct ToolLayer {
    let place: String
    let allow: [String]
    let deny: [String]

    init(place: String, _ settings: JSON5Value?) {
        self.place = place
        (allow, deny) = (settings?["allow"]?.strings ?? [], settings?["deny"]?.strings ?? [])
    }

    func block(of tool: String) -> String? {
        if Self.lists(deny, tool) { return "\(place).deny takes \(tool) away: remove it there" }
        if !allow.isEmpty, !Self.lists(allow, tool) {
            return "\(place).allow is without \(tool): add it there"
        }
        return nil
    }

    /// Groups that hold the tools of sessions.
    private static let groups: Set<String> = ["group:sessions", "group:openclaw"]

    static func lists(_ entries: [String], _ tool: String) -> Bool {
        entries.contains { entry in
            let name = entry.split(whereSeparator: \.isWhitespace).joined().lowercased()
            return groups.contains(name) || matches(name[...], tool[...])
        }
    }

    /// `*` stands for anything.
    private static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
        let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
            return pattern == name
        }
        guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count else {
            return false
        }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
