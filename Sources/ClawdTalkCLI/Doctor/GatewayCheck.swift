import ClawdTalkAPI
import Foundation
import JSON5
import OpenClaw
import Wire

/// The rows about openclaw.json and the gateway itself.
struct GatewayCheck {
    let settings: CommandSettings
    let configuration: SkillConfiguration
    let openClaw: Result<OpenClawConfiguration, ConfigurationFault>
    let bridge: StatusReport?

    private var isLocal: Bool { GatewayTokens.isLocal(configuration.gatewayURL) }
    private var read: OpenClawConfiguration? { try? openClaw.get() }
    private var allowCure: String {
        "\(settings.home.command(for: "setup")) or: \(ConfigurationPatch.command(for: read))"
    }

    // MARK: openclaw.json

    var fileRows: [DoctorReport.Row] {
        guard isLocal else { return [.skipped("openclaw.json", "the gateway is on another machine")] }
        switch openClaw {
        case .failure(.missing(let path)):
            return [.warning("openclaw.json", "there is none at \(path)", cure: "Set OPENCLAW_CONFIG_PATH.")]
        case .failure(let fault):
            return [.failed("openclaw.json", fault.line, cure: "Mend it: openclaw config validate")]
        case .success(let file):
            if let url = file.remoteGateway {
                let detail = "gateway.mode is remote: the gateway is \(url.isEmpty ? "elsewhere" : url)"
                return [.failed("openclaw.json", detail, cure: "Set gateway_url to that gateway's http URL.")]
            }
            return [placeRow(file)] + agentRows(file) + listRows(file)
        }
    }

    private func placeRow(_ file: OpenClawConfiguration) -> DoctorReport.Row {
        let expected = file.endpoint.baseURL
        guard GatewayTokens.isSame(configuration.gatewayURL, expected) || file.hasUnknownAddress else {
            return .warning(
                "openclaw.json",
                "\(file.path) puts the gateway at \(expected), gateway_url is \(configuration.gatewayURL)",
                cure: "\(settings.home.command(for: "setup")) --gateway-url \(expected)")
        }
        return .ok("openclaw.json", file.path)
    }

    /// An agent that the file does not have answers nobody; `main` may be there without being listed.
    private func agentRows(_ file: OpenClawConfiguration) -> [DoctorReport.Row] {
        let id = configuration.agentID
        guard !file.agents.isEmpty, file.agent(id) == nil else { return [] }
        let detail = "there is no \(id) among the agents: \(file.agents.map(\.id).joined(separator: ", "))"
        let cure = "\(settings.home.command(for: "setup")) --agent-id \(file.defaultAgent.id)"
        return [id == "main" ? .warning("agent", detail, cure: cure) : .failed("agent", detail, cure: cure)]
    }

    /// The traps in the lists, each with its cure in OpenClaw's own words.
    private func listRows(_ file: OpenClawConfiguration) -> [DoctorReport.Row] {
        let send = file.policy(of: ToolPolicy.sessionsSend, agent: configuration.agentID)
        let history = file.policy(of: ToolPolicy.sessionsHistory, agent: configuration.agentID)
        var rows: [DoctorReport.Row] = []
        func fail(_ detail: String, _ cure: String) { rows.append(.failed("tool lists", detail, cure: cure)) }
        if send.isMisplaced {
            fail(
                "tools.allow lists nothing but sessions_send, and takes every other tool from the agent",
                "openclaw config unset tools.allow")
        }
        if !send.isAllowed { fail("gateway.tools.allow is without sessions_send", allowCure) }
        func undeny(_ tool: String) -> String {
            let deny = file.value[path: ["gateway", "tools", "deny"]]?.strings ?? []
            return ToolPolicy.command("gateway.tools.deny", deny.filter { $0 != tool })
        }
        if send.isDenied {
            fail("gateway.tools.deny lists sessions_send, which wins", undeny(ToolPolicy.sessionsSend))
        }
        for block in send.blocks { fail(block.problem, block.cure) }
        // Without the history there are answers all the same, but not the late ones.
        if history.isDenied {
            let cure = undeny(ToolPolicy.sessionsHistory)
            rows.append(.warning("tool lists", "gateway.tools.deny lists sessions_history", cure: cure))
        }
        for block in history.blocks where !send.isMisplaced {
            rows.append(.warning("tool lists", block.problem, cure: block.cure))
        }
        return rows.isEmpty ? [.ok("tool lists", "sessions_send is allowed and nothing takes it away")] : rows
    }

    // MARK: the gateway

    func networkRows(_ network: Network) async -> [DoctorReport.Row] {
        let url = configuration.gatewayURL
        let rest = ["token", "sessions_send", "sessions_history"]
        switch await network.gateway(GatewayProbe.health(of: url)) {
        case .nothing(let why):
            return [.failed("gateway", "\(url): \(why)", cure: "Start it: openclaw gateway")]
                + rest.map { .skipped($0, "the gateway does not answer") }
        case .response(let response) where !GatewayProbe.isLive(response):
            return [
                .failed(
                    "gateway", "\(url) is no OpenClaw gateway (status \(response.status))",
                    cure: "Check gateway_url.")
            ]
                + rest.map { .skipped($0, "there is no gateway") }
        case .response:
            return [.ok("gateway", "\(url) is live")] + (await toolRows(network)) + (await chatRows(network))
        }
    }

    /// Only for those who want it.
    private func chatRows(_ network: Network) async -> [DoctorReport.Row] {
        guard configuration.agentLink == .chat else { return [] }
        let id = "chat endpoint"
        if await network.hasChatEndpoint(configuration.gatewayURL) { return [.ok(id, "on")] }
        let cure = "\(settings.home.command(for: "setup")) --chat-endpoint"
        return [.warning(id, "off at the gateway: questions go by sessions_send", cure: cure)]
    }

    private func toolRows(_ network: Network) async -> [DoctorReport.Row] {
        let candidates = GatewayTokens(settings).candidates().map(Optional.some)
        var verdict: GatewayProbe.Verdict?
        var token: String?
        for candidate in candidates.isEmpty ? [nil] : candidates {
            token = candidate
            verdict = await network.verdict(
                on: ToolPolicy.sessionsSend, at: configuration.gatewayURL, token: candidate)
            if verdict != .unauthorized { break }
        }
        guard let verdict else { return [.failed("token", "the gateway gave no answer", cure: "Try again.")] }
        guard verdict != .unauthorized else {
            return [tokenRow(hasOne: token != nil)]
                + ["sessions_send", "sessions_history"].map { .skipped($0, "the token is not accepted") }
        }
        guard verdict.isOfTool else {
            return [
                .skipped("token", "not known: the gateway did not look at it"), sendRow(verdict),
                .skipped("sessions_history", "not asked"),
            ]
        }
        let history = await network.verdict(
            on: ToolPolicy.sessionsHistory, at: configuration.gatewayURL, token: token)
        return [
            .ok("token", token == nil ? "none needed" : "accepted"), sendRow(verdict),
            history == .allowed
                ? .ok("sessions_history", "allowed")
                : .warning(
                    "sessions_history", "not allowed: late answers and progress are not found",
                    cure: "Take what hides it away (tools.profile, tools.deny, gateway.tools.deny)."),
        ]
    }

    private func tokenRow(hasOne: Bool) -> DoctorReport.Row {
        let why = read?.auth.unreadable.first.map { " (\($0))" } ?? ""
        return .failed(
            "token", (hasOne ? "the gateway refuses it" : "the gateway wants one, and none is known") + why,
            cure:
                "Set OPENCLAW_GATEWAY_TOKEN, or: \(settings.home.command(for: "setup")) --gateway-token-file FILE"
        )
    }

    private func sendRow(_ verdict: GatewayProbe.Verdict) -> DoctorReport.Row {
        let id = "sessions_send"
        switch verdict {
        case .allowed: return .ok(id, "allowed")
        case .notAllowed: return .failed(id, "not allowed over HTTP", cure: allowCure)
        case .forbidden:
            return .failed(id, "a scope or an approval policy forbids it", cure: "Allow operators to write.")
        case .rateLimited:
            return .failed(id, "the gateway is refusing for a while (429)", cure: "Wait five minutes.")
        case .unavailable:
            return .failed(
                id, "the gateway is restarting or broken", cure: "Try again; else: openclaw doctor")
        case .notAGateway, .unauthorized:
            return .failed(id, "the answer is not a gateway's", cure: "Check gateway_url.")
        }
    }

    func formRow() -> DoctorReport.Row {
        if let bridge, let form = bridge.form, (bridge.answered ?? 0) > 0 { return .ok("form", form) }
        return .ok("form", memory?.form ?? "not known until the first call")
    }

    /// How long a lost conversation is worth a word, in seconds.
    private static let freshLoss = 24 * 3600

    /// Whether the gateway lately began a new conversation in the middle of a question (shared/spec/gateway.md section 0).
    func conversationRow() -> DoctorReport.Row {
        let id = "conversation"
        let age = memory?.lostSessionAt.map { Int(Date.now.timeIntervalSince1970) - $0 }
        guard let age, age < Self.freshLoss else {
            return .ok(id, "no question was lost in the last 24 hours")
        }
        return .warning(
            id,
            "the gateway began a new conversation \(max(age, 0) / 60) minutes ago, and lost a question with it",
            cure: "Something else asks the same session at the same time. Set \"session\": \"call\" in "
                + "skill-config.json, or update the gateway to 2026.7.2 or newer. If every question fails since then: "
                + "send /new to the agent in another channel.")
    }

    private var memory: GatewayMemory? {
        let memory = PrivateFile(path: settings.home.gatewayMemoryPath).decode(GatewayMemory.self)
        return memory?.gateway == configuration.gatewayURL ? memory : nil
    }
}

extension GatewayProbe.Verdict {
    /// Whether it is about the tool: then the token was good.
    fileprivate var isOfTool: Bool { [.allowed, .notAllowed, .forbidden].contains(self) }
}
