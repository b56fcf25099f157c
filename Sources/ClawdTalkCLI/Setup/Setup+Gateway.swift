import ClawdTalkAPI
import Foundation
import OpenClaw
import Storage

extension Setup {
    /// What openclaw.json is to become, and why.
    struct Gateway {
        var plan = GatewayPlan.nothing
        var wishes = GatewayWishes()
        var file: OpenClawConfiguration?
    }

    /// Works out what openclaw.json needs, shows it and asks. Nothing is written.
    mutating func planGateway(
        _ openClaw: Result<OpenClawConfiguration, ConfigurationFault>, _ answers: SetupAnswers
    )
        throws -> Gateway
    {
        var gateway = Gateway()
        gateway.file = try? openClaw.get()
        if options.patchGateway == false {
            if options.voiceAgent == true { note("No agent is added either: --no-patch-gateway.") }
            if isAllowed(in: gateway.file, answers) {
                sayAllowed(gateway.file)
            } else {
                decline(gateway.file)
            }
            return gateway
        }
        guard GatewayTokens.isLocal(answers.gatewayURL) || options.patchGateway == true else {
            say("The gateway is not on this machine. Its openclaw.json needs:")
            showFragment(gateway.file)
            return gateway
        }
        do {
            let file = try openClaw.mapError { PatchRefusal.configuration($0) }.get()
            gateway.wishes = try wishes(for: file, answers)
            gateway.plan = try gateway.wishes.plan(for: file)
            if try !agrees(to: gateway.plan) {
                gateway.plan = .nothing
                decline(file)
            }
        } catch let refusal as PatchRefusal {
            gateway.plan = .refused(refusal)
        }
        return gateway
    }

    // MARK: questions

    private mutating func wishes(for file: OpenClawConfiguration, _ answers: SetupAnswers) throws
        -> GatewayWishes
    {
        let policy = file.policy(of: ToolPolicy.sessionsSend, agent: answers.agentID)
        var wishes = GatewayWishes(allow: !policy.isAllowed, agentName: answers.agentName)
        wishes.chatEndpoint = answers.wantsChatEndpoint && !file.isChatEndpointEnabled
        // A refusal comes before any question, and only where there is something to change.
        if wishes.allow || wishes.chatEndpoint || policy.isDenied || policy.isMisplaced {
            _ = try ConfigurationPatch(file)
        }
        for block in policy.blocks { note("openclaw.json: \(block.problem). Cure: \(block.cure)") }
        if policy.isDenied {
            note("gateway.tools.deny lists sessions_send, which wins over allow.")
            wishes.undeny = try confirmCure("Remove it there?")
        }
        if policy.isMisplaced {
            note("tools.allow lists nothing but sessions_send: that takes every other tool from the agent.")
            wishes.unmisplace = try confirmCure("Remove it there?")
        }
        wishes.voiceAgent = try askForVoiceAgent(file)
        if wishes.isEmpty { sayAllowed(file) }
        return wishes
    }

    private func isAllowed(in file: OpenClawConfiguration?, _ answers: SetupAnswers) -> Bool {
        guard let policy = file?.policy(of: ToolPolicy.sessionsSend, agent: answers.agentID) else {
            return false
        }
        return policy.isAllowed && !policy.isDenied && !policy.isMisplaced
    }

    private mutating func sayAllowed(_ file: OpenClawConfiguration?) {
        report.patch = "already_allowed"
        say("openclaw.json allows sessions_send already: \(file?.path ?? "")")
    }

    private func confirmCure(_ question: String) throws -> Bool {
        try prompter.confirm(
            question, default: true, given: options.patchGateway ?? (options.dryRun ? true : nil),
            flags: "--patch-gateway or --no-patch-gateway")
    }

    private mutating func askForVoiceAgent(_ file: OpenClawConfiguration) throws -> Bool {
        if file.agent(ConfigurationPatch.voiceAgentID) != nil {
            if options.voiceAgent == true { note("There is an agent voice already; it is used as it is.") }
            report.voice_agent = options.voiceAgent == true ? "there" : nil
            return false
        }
        let isMute = !prompter.isInteractive && options.voiceAgent == nil
        return try !isMute
            && prompter.confirm(
                "Add an agent \"voice\" for calls? It has its own memory: with --agent-id voice, calls do not know the main "
                    + "chat.", default: false, given: options.voiceAgent,
                flags: "--voice-agent or --no-voice-agent")
    }

    private mutating func agrees(to plan: GatewayPlan) throws -> Bool {
        guard case .patch(_, _, let shown) = plan else { return true }
        say("\nThis changes in OpenClaw's configuration:")
        shown.forEach(say)
        if let calls = ControlClient(settings.home).status()?.live_calls, calls > 0 {
            note("A call is live: the gateway takes the change over by itself and may cut the answer off.")
        }
        guard !options.dryRun else {
            report.patch = "shown"
            return true
        }
        return try prompter.confirm(
            "Write this? A backup is kept beside it.", default: true, given: options.patchGateway,
            flags: "--patch-gateway or --no-patch-gateway")
    }

    private mutating func decline(_ file: OpenClawConfiguration?) {
        report.patch = "declined"
        say("openclaw.json is left as it is. It needs:")
        showFragment(file)
    }

    private mutating func showFragment(_ file: OpenClawConfiguration?) {
        let fragment = ConfigurationPatch.fragment(for: file)
        report.fragment = fragment
        say("    \(fragment)")
        say("or:\n    \(ConfigurationPatch.command(for: file))")
        if options.chatEndpoint == true { say("and:\n    \(ConfigurationPatch.chatEndpointCommand)") }
    }

    // MARK: writing

    /// - Returns: 73 when openclaw.json could not be changed.
    mutating func writeGateway(_ gateway: Gateway, _ answers: SetupAnswers) async throws -> ExitStatus {
        switch gateway.plan {
        case .nothing: return .success
        case .refused(let refusal): return refuse(refusal.line, gateway.file)
        case .patch(let patch, let additions, let shown):
            let network = try await Network(gatewayTrust: settings.gatewayTrust)
            let wasLive = options.offline ? false : await network.isLive(answers.gatewayURL)
            let refusal = commit(patch, additions, shown, gateway.wishes)
            lock = nil
            signal(SIGINT, SIG_DFL)
            if let refusal { return refuse(refusal, gateway.file) }
            if gateway.wishes.voiceAgent { report.voice_agent = "added" }
            let isBlocked =
                gateway.file?.policy(of: ToolPolicy.sessionsSend, agent: answers.agentID).blocks.isEmpty
                == false
            // What an agent's policy takes away no reload brings back.
            if wasLive, !isBlocked {
                await waitForReload(network, answers.gatewayURL, chat: gateway.wishes.chatEndpoint)
            }
            return .success
        }
    }

    /// A file that another setup changed at the same moment is looked at again: what it needs now is written, as long
    /// as that is what was agreed to.
    /// - Returns: why it was not written, nil when it was.
    private mutating func commit(
        _ patch: ConfigurationPatch, _ additions: [PatchAddition], _ shown: [String], _ wishes: GatewayWishes
    ) -> String? {
        var (patch, additions) = (patch, additions)
        let record = PrivateFile(path: settings.home.setupRecordPath)
        for _ in 0..<50 {
            do {
                let old = try record.read()
                var entry = try SetupRecord.read(record)
                entry.additions += additions.filter { !entry.additions.contains($0) }
                // Remembered first: an addition that is remembered but missing harms nobody.
                try record.encode(entry)
                do {
                    report.backups = try patch.write(stamp: stamp)
                } catch {
                    try record.restore(old)
                    throw error
                }
                report.patch = "patched"
                report.patched_files = patch.changes.map(\.before.snapshot.path)
                report.patched_files.forEach { say("Changed \($0)") }
                return nil
            } catch let fault as StorageFailure where fault.reason == .changed {
                do {
                    guard
                        case .patch(let next, let more, let again) = try wishes.plan(
                            for: settings.openClawConfiguration())
                    else {
                        report.patch = "already_allowed"
                        say("Another program has made the change meanwhile.")
                        return nil
                    }
                    guard again == shown else { return fault.line }
                    (patch, additions) = (next, more)
                } catch {
                    return fault.line
                }
            } catch {
                return (error as? StorageFailure)?.line ?? "\(error)"
            }
        }
        return "\(settings.openClaw.configPath): it keeps changing. Run this again."
    }

    private mutating func refuse(_ reason: String, _ file: OpenClawConfiguration?) -> ExitStatus {
        report.patch = "refused"
        report.refusal = reason
        say("\nopenclaw.json was not changed. \(reason)")
        say("Add this by hand:")
        showFragment(file)
        return .cannotWrite
    }

    private static let reloadLimit = Duration.seconds(30)

    /// The gateway takes the change over by itself; it may restart for that.
    private mutating func waitForReload(_ network: Network, _ url: String, chat: Bool) async {
        say("Waiting for the gateway to take it over …")
        let deadline = ContinuousClock.now + Self.reloadLimit
        let candidates = GatewayTokens(settings).candidates().map(Optional.some)
        var tokens = candidates.isEmpty ? [nil] : candidates
        while ContinuousClock.now < deadline {
            let hasChat = chat ? await network.hasChatEndpoint(url) : true
            switch await network.verdict(on: ToolPolicy.sessionsSend, at: url, token: tokens[0]) {
            case .allowed where hasChat: return say("It has.")
            // A wrong token is asked with once only.
            case .unauthorized where tokens.count > 1: tokens.removeFirst()
            case .unauthorized: return note("The gateway does not accept the token; see below.")
            default: try? await Task.sleep(for: .milliseconds(300))
            }
        }
        note("The gateway has not taken the change over after 30 s. Run: openclaw gateway restart")
    }
}
