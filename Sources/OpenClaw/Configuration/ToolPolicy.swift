import Foundation
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
    /// The policies that take it away.
    package let blocks: [Block]

    package struct Block: Equatable, Sendable {
        package let problem: String
        /// OpenClaw's own command that ends it.
        package let cure: String
    }

    package static let sessionsSend = "sessions_send"
    package static let sessionsHistory = "sessions_history"
}

extension OpenClawConfiguration {
    package func policy(of tool: String, agent id: String) -> ToolPolicy {
        let gateway = value[path: ["gateway", "tools"]]
        let allow = value[path: ["tools", "allow"]]?.elements ?? []
        return ToolPolicy(
            isAllowed: gateway?["allow"]?.strings.contains(tool) ?? false,
            isDenied: gateway?["deny"]?.strings.contains(tool) ?? false,
            isMisplaced: !allow.isEmpty && allow.allSatisfy { $0.string == tool },
            blocks: toolLayers(agent: id).flatMap { $0.blocks(of: tool) } + profileBlocks(of: tool, agent: id)
        )
    }

    /// The policies that a tool has to pass, the general one first.
    private func toolLayers(agent id: String) -> [ToolLayer] {
        let general = ToolLayer(place: "tools", value["tools"])
        guard let own = agent(id)?.settings["tools"] else { return [general] }
        return [general, ToolLayer(place: agentPlace(id) + ".tools", own)]
    }

    private func agentPlace(_ id: String) -> String {
        if agentForm == .entries { return "agents.entries.\(id)" }
        return "agents.list[\(agents.firstIndex { $0.id == agent(id)?.id } ?? 0)]"
    }

    /// The profile `minimal` holds no tool of sessions but the status; all others do.
    private func profileBlocks(of tool: String, agent id: String) -> [ToolPolicy.Block] {
        let (own, general) = (agent(id)?.settings["tools"], value["tools"])
        let isOwn = own?["profile"]?.string != nil
        guard (own?["profile"] ?? general?["profile"])?.string == "minimal" else { return [] }
        let also = (own?["alsoAllow"] ?? general?["alsoAllow"])?.strings ?? []
        guard !ToolLayer.lists(also, tool) else { return [] }
        let place = isOwn ? agentPlace(id) + ".tools" : "tools"
        return [
            ToolPolicy.Block(
                problem: "\(place).profile is minimal, which is without \(tool)",
                cure: ToolPolicy.command(place + ".alsoAllow", also + [tool]))
        ]
    }
}

extension ToolPolicy {
    /// An array of texts as JSON.
    static func json(_ texts: [String], separator: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // Texts always encode.
        let items = texts.map { (try? encoder.encode($0)).map { String(decoding: $0, as: UTF8.self) } ?? "" }
        return "[\(items.joined(separator: separator))]"
    }

    /// OpenClaw's own command that sets a list, which it replaces as a whole.
    package static func command(_ path: String, _ entries: [String]) -> String {
        let quoted = json(entries, separator: ",").replacingOccurrences(of: "'", with: #"'\''"#)
        return "openclaw config set \(path) '\(quoted)' --strict-json"
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

    func blocks(of tool: String) -> [ToolPolicy.Block] {
        var blocks: [ToolPolicy.Block] = []
        if Self.lists(deny, tool) {
            let rest = deny.filter { !Self.lists([$0], tool) }
            blocks.append(
                ToolPolicy.Block(
                    problem: "\(place).deny takes \(tool) away",
                    cure: ToolPolicy.command(place + ".deny", rest)))
        }
        if !allow.isEmpty, !Self.lists(allow, tool) {
            blocks.append(
                ToolPolicy.Block(
                    problem: "\(place).allow is without \(tool)",
                    cure: ToolPolicy.command(place + ".allow", allow + [tool])))
        }
        return blocks
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
