import OpenClaw
import Storage

/// What is to happen to openclaw.json.
enum GatewayPlan {
    case nothing
    /// - Parameter additions: what is new in it.
    case patch(ConfigurationPatch, additions: [PatchAddition], shown: [String])
    case refused(PatchRefusal)
}

/// The changes that were agreed to.
struct GatewayWishes: Equatable {
    var allow = false
    var undeny = false
    var unmisplace = false
    var voiceAgent = false
    var chatEndpoint = false
    var agentName: String?

    var isEmpty: Bool { !allow && !undeny && !unmisplace && !voiceAgent && !chatEndpoint }

    /// The same wishes for another state of the file: what has come true is left out.
    func plan(for configuration: OpenClawConfiguration) throws(PatchRefusal) -> GatewayPlan {
        guard !isEmpty else { return .nothing }
        let policy = configuration.policy(of: ToolPolicy.sessionsSend, agent: configuration.defaultAgent.id)
        var patch = try ConfigurationPatch(configuration)
        var additions: [PatchAddition] = []
        if undeny, policy.isDenied { try patch.undenySessionsSend() }
        if unmisplace, policy.isMisplaced { try patch.removeMisplacedAllow() }
        if allow, !policy.isAllowed { additions.append(try patch.allowSessionsSend()) }
        if voiceAgent { additions += try patch.addVoiceAgent(name: agentName) }
        if chatEndpoint, !configuration.isChatEndpointEnabled {
            additions.append(try patch.enableChatEndpoint())
        }
        let shown = patch.changes.flatMap { before, after in
            ["\(before.snapshot.path):"]
                + MaskedDiff.lines(from: before.document, to: after.document).map { "  " + $0 }
        }
        return shown.isEmpty ? .nothing : .patch(patch, additions: additions, shown: shown)
    }
}
