import ClawdTalkAPI
import Foundation
import JSON5
import OpenClaw

extension Setup {
    /// Asks what skill-config.json needs, and writes it into the document. Nothing is written to disk.
    mutating func ask(_ skill: inout SkillConfigFile, _ openClaw: OpenClawConfiguration?) throws
        -> SetupAnswers
    {
        let keyForEnvFile = try askForKey(&skill)
        if let server = options.server { try skill.set(.server, to: server) }
        let url = try askForGateway(&skill, openClaw)
        try askForToken(&skill, url, openClaw)
        let agent = try askForAgent(&skill, openClaw)
        try askForNames(&skill, openClaw, agent)
        let greeting = try prompter.text(
            "First sentence of a call (Enter for the usual one)", default: skill[.greeting],
            given: options.greeting)
        try keep(greeting, as: .greeting, in: &skill, given: options.greeting)
        let wantsChat = try askForChat(&skill)
        return SetupAnswers(
            keyForEnvFile: keyForEnvFile, gatewayURL: url, agentID: agent, agentName: skill[.agentName],
            wantsChatEndpoint: wantsChat)
    }

    /// The endpoint is as mighty as the gateway's own console, so nobody gets it without having said so.
    private func askForChat(_ skill: inout SkillConfigFile) throws -> Bool {
        let chat = AgentLinkChoice.chat.rawValue
        guard prompter.isInteractive && !prompter.takesDefaults || options.chatEndpoint != nil else {
            return false
        }
        let wantsIt = try prompter.confirm(
            "Hear answers sentence by sentence, by the gateway's chat endpoint?",
            default: skill[.agentLink] == chat, given: options.chatEndpoint,
            flags: "--chat-endpoint or --no-chat-endpoint")
        if wantsIt {
            try skill.set(.agentLink, to: chat)
        } else if skill[.agentLink] == chat {
            try skill.remove(.agentLink)
        }
        return wantsIt
    }

    /// An answer is written when it says more than the default that holds without it.
    func keep(
        _ answer: String?, as key: ConfigurationKey, in skill: inout SkillConfigFile, given: String?
    )
        throws
    {
        if given?.isEmpty == true { return try skill.remove(key) }
        guard let answer, given != nil || skill[key] != nil || answer != key.defaultValue else { return }
        try skill.set(key, to: answer)
    }

    // MARK: the key

    /// - Returns: the key that is to go into .env, if any.
    private mutating func askForKey(_ skill: inout SkillConfigFile) throws -> String? {
        guard let key = try newKey(skill) else { return nil }
        guard key.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value < 0x7F }) else {
            throw CommandFailure(
                .usage, "the API key holds blanks, line ends or other odd characters. Nothing was changed.")
        }
        if !key.hasPrefix("cc_") { note("The API key does not begin with cc_; it is taken as it is.") }
        let reference = "${CLAWDTALK_API_KEY}"
        let isReference = skill[.apiKey] == reference
        let isMute = !prompter.isInteractive && options.keyInEnv == nil
        let goesToEnv =
            try isMute
            ? isReference
            : prompter.confirm(
                "Keep the key in .env, and only \(reference) in skill-config.json?", default: isReference,
                given: options.keyInEnv, flags: "--key-in-env or --no-key-in-env")
        try skill.set(.apiKey, to: goesToEnv ? reference : key)
        return goesToEnv ? key : nil
    }

    /// nil keeps the one that is there.
    private mutating func newKey(_ skill: SkillConfigFile) throws -> String? {
        if let path = options.apiKeyFile { return try secret(inFile: path, flag: "--api-key-file") }
        var kept: String?
        if let old = skill[.apiKey] {
            kept = EnvironmentName.reference(in: old) == nil ? MaskedSecret.text(old) : old
        } else if (try? settings.environmentValues.value("CLAWDTALK_API_KEY")) ?? nil != nil {
            kept = "the one in CLAWDTALK_API_KEY"
            note("The API key comes from CLAWDTALK_API_KEY; it must be set where the bridge starts.")
        }
        return try prompter.secret(
            "API key from the dashboard at clawdtalk.com", kept: kept,
            missing:
                "the API key is missing: give --api-key-file, or set CLAWDTALK_API_KEY. Nothing was changed.")
    }

    private func secret(inFile path: String, flag: String) throws -> String {
        // A pipe or standard input is a file too.
        let data = FileHandle(forReadingAtPath: path).flatMap { try? $0.read(upToCount: 65_536) }
        let text = data.flatMap { String(validating: $0, as: UTF8.self) }?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let text, !text.isEmpty else {
            throw CommandFailure(.usage, "\(flag): \(path) cannot be read or is empty. Nothing was changed.")
        }
        return text
    }

    // MARK: the gateway

    private mutating func askForGateway(_ skill: inout SkillConfigFile, _ openClaw: OpenClawConfiguration?)
        throws
        -> String
    {
        var proposed = openClaw?.endpoint.baseURL
        if let remote = openClaw?.remoteGateway {
            note("openclaw.json uses a gateway on another machine (gateway.mode is remote).")
            proposed = remote.isEmpty ? nil : remote.replacing(/^ws/, with: "http")
        } else if openClaw?.hasUnknownAddress == true {
            note(
                "The gateway listens on its tailnet address; name it with --gateway-url if 127.0.0.1 is not answered."
            )
        }
        let standard = ConfigurationKey.gatewayURL.defaultValue
        let url =
            try prompter.text(
                "Gateway", default: skill[.gatewayURL] ?? proposed ?? standard, given: options.gatewayURL)
            ?? ""
        if let proposed, !GatewayTokens.isSame(url, proposed) {
            note("openclaw.json puts the gateway at \(proposed); what was given is used.")
        }
        try keep(url, as: .gatewayURL, in: &skill, given: options.gatewayURL)
        return url
    }

    /// The gateway's own token is not copied while it can be read where it is.
    private mutating func askForToken(
        _ skill: inout SkillConfigFile, _ url: String, _ openClaw: OpenClawConfiguration?
    ) throws {
        if let path = options.gatewayTokenFile {
            return try skill.set(.gatewayToken, to: secret(inFile: path, flag: "--gateway-token-file"))
        }
        let auth = GatewayTokens.isLocal(url) && openClaw?.remoteGateway == nil ? openClaw?.auth : nil
        if auth?.mode == GatewayAuth.Mode.none { return }
        if let auth, !auth.candidates.isEmpty {
            guard let old = skill[.gatewayToken] else { return }
            if auth.candidates.contains(old) {
                try skill.remove(.gatewayToken)
                note("gateway_token is taken out of skill-config.json: it is read from openclaw.json.")
            } else if EnvironmentName.reference(in: old) == nil {
                note("gateway_token in skill-config.json is not the one in openclaw.json; it is kept.")
            }
            return
        }
        for reason in auth?.unreadable ?? [] { note("The gateway's token cannot be read: \(reason).") }
        if (try? settings.environmentValues.value("OPENCLAW_GATEWAY_TOKEN")) ?? nil != nil { return }
        let kept = skill[.gatewayToken].map { _ in "kept" }
        if let token = try prompter.secret("Gateway token (Enter for none)", kept: kept, missing: nil) {
            try skill.set(.gatewayToken, to: token)
        } else if kept == nil, !prompter.isInteractive {
            note("No gateway token is known: give --gateway-token-file, or set OPENCLAW_GATEWAY_TOKEN.")
        }
    }

    // MARK: the agent and the names

    private mutating func askForAgent(_ skill: inout SkillConfigFile, _ openClaw: OpenClawConfiguration?)
        throws
        -> String
    {
        let standard = openClaw?.defaultAgent.id ?? ConfigurationKey.agentID.defaultValue
        let agent =
            try prompter.text("Agent", default: skill[.agentID] ?? standard, given: options.agentID) ?? "main"
        let isNew = agent == ConfigurationPatch.voiceAgentID && options.voiceAgent == true
        if let openClaw, !openClaw.agents.isEmpty, openClaw.agent(agent) == nil, !isNew {
            note(
                "openclaw.json has no agent \(agent); it has \(openClaw.agents.map(\.id).joined(separator: ", "))."
            )
        }
        try keep(agent, as: .agentID, in: &skill, given: options.agentID)
        return agent
    }

    private mutating func askForNames(
        _ skill: inout SkillConfigFile, _ openClaw: OpenClawConfiguration?, _ agent: String
    ) throws {
        // Without a person or --yes nobody agreed to take names from files.
        let mayPropose = prompter.isInteractive || prompter.takesDefaults
        let folder = openClaw.flatMap { file in
            mayPropose ? file.workspace(of: file.agent(agent) ?? file.defaultAgent) : nil
        }
        let owner = folder.flatMap { CommandSettings.readFile($0 + "/USER.md") }.flatMap(WorkspaceNames.owner)
        let name = folder.flatMap { CommandSettings.readFile($0 + "/IDENTITY.md") }.flatMap(
            WorkspaceNames.agent)
        for (key, question, proposed, given) in [
            (ConfigurationKey.ownerName, "Your name", owner, options.ownerName),
            (ConfigurationKey.agentName, "The agent's name", name, options.agentName),
        ] {
            let answer = try prompter.text(question, default: skill[key] ?? proposed, given: given)
            try keep(answer, as: key, in: &skill, given: given)
        }
    }
}
