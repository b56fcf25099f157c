import Simulator
import Testing

/// One thing that is wrong, and the doctor's rows that say so.
struct DoctorRow: CustomTestStringConvertible, Sendable {
    let name: String
    var persona = Persona.waited
    /// The key that the service takes.
    var apiKey: String?
    var clockOffset = 0.0
    /// openclaw.json; PORT is the gateway's. nil for none.
    var openClaw: String? = good
    var config: [String: String] = [:]
    var mode = 0o600
    var arguments: [String] = []
    var isServiceDown = false
    var isGatewayDown = false
    /// Those that are not as they are when all is well.
    let rows: [String: String]
    /// What the doctor says.
    var says = ""

    static let good =
        "{gateway: {port: PORT, auth: {token: 'demo-token'}, tools: {allow: ['sessions_send']}}}"

    /// When all is well, and no bridge runs.
    static let well: [String: String] = [
        "configuration": "ok", "api key": "ok", "openclaw.json": "ok", "tool lists": "ok", "gateway": "ok",
        "token": "ok", "sessions_send": "ok", "sessions_history": "ok", "form": "ok",
        "conversation": "ok", "service": "ok", "key": "ok",
        "clock": "ok", "bridge": "warning",
    ]

    var testDescription: String { name }

    private static func lists(_ name: String, _ rest: String, says: String, state: String = "failed")
        -> DoctorRow
    {
        DoctorRow(
            name: name, openClaw: "{gateway: {port: PORT, tools: {allow: ['sessions_send']}}, \(rest)}",
            rows: ["tool lists": state], says: says)
    }

    private static let noService = ["service": "failed", "key": "skipped", "clock": "skipped"]
    private static let noGateway = [
        "gateway": "failed", "token": "skipped", "sessions_send": "skipped", "sessions_history": "skipped",
    ]
    private static let strange = [
        "token": "skipped", "sessions_send": "failed", "sessions_history": "skipped",
    ]

    static let all = [
        DoctorRow(name: "all is well", rows: [:], says: "accepted"),
        DoctorRow(name: "all is well, by a login", arguments: ["--connect"], rows: ["clock": "skipped"]),
        DoctorRow(
            name: "no service", isServiceDown: true, rows: noService, says: "Check the network and server"),
        DoctorRow(
            name: "no service to log in at", arguments: ["--connect"], isServiceDown: true, rows: noService),
        DoctorRow(
            name: "the key is refused", apiKey: "cc_another", rows: ["key": "failed"], says: "refuses it"),
        DoctorRow(
            name: "the key is refused at the login", apiKey: "cc_another", arguments: ["--connect"],
            rows: ["key": "failed", "clock": "skipped"]),
        DoctorRow(
            name: "a clock ahead", clockOffset: -120, rows: ["clock": "warning"],
            says: "s ahead of the service"),
        DoctorRow(
            name: "a clock behind", clockOffset: 120, rows: ["clock": "warning"], says: "s behind the service"
        ),
        DoctorRow(
            name: "no gateway", isGatewayDown: true, rows: noGateway, says: "Start it: openclaw gateway"),
        DoctorRow(name: "chat is wanted, and on", persona: .chat, rows: ["chat endpoint": "ok"]),
        DoctorRow(
            name: "chat is wanted, and off", persona: .chatOff, rows: ["chat endpoint": "warning"],
            says: "--chat-endpoint"),
        DoctorRow(name: "a web page", persona: .html, rows: strange, says: "is not a gateway's"),
        DoctorRow(name: "not a gateway", persona: .notAGateway, rows: strange),
        DoctorRow(
            name: "a wrong token", persona: .wrongToken,
            rows: ["token": "failed", "sessions_send": "skipped", "sessions_history": "skipped"],
            says: "the gateway refuses it"),
        DoctorRow(
            name: "sessions_send is not allowed", persona: .notAllowed, rows: ["sessions_send": "failed"],
            says: #"openclaw config set gateway.tools.allow '["sessions_send"]' --strict-json"#),
        DoctorRow(
            name: "allow is without it", openClaw: "{gateway: {port: PORT, tools: {allow: ['cron']}}}",
            rows: ["tool lists": "failed"],
            says: #"openclaw config set gateway.tools.allow '["cron","sessions_send"]' --strict-json"#),
        DoctorRow(
            name: "denied",
            openClaw: "{gateway: {port: PORT, tools: {allow: ['sessions_send'], deny: ['sessions_send']}}}",
            rows: ["tool lists": "failed"], says: "gateway.tools.deny lists sessions_send, which wins"),
        DoctorRow(
            name: "the history is denied",
            openClaw:
                "{gateway: {port: PORT, tools: {allow: ['sessions_send'], deny: ['sessions_history']}}}",
            rows: ["tool lists": "warning"], says: "gateway.tools.deny lists sessions_history"),
        lists("misplaced", "tools: {allow: ['sessions_send']}", says: "openclaw config unset tools.allow"),
        lists(
            "a list without it", "tools: {allow: ['exec', 'sessions_history']}",
            says: "tools.allow is without sessions_send"),
        lists(
            "a list without the history", "tools: {allow: ['exec', 'sessions_send']}",
            says: "tools.allow is without sessions_history", state: "warning"),
        lists("the minimal profile", "tools: {profile: 'minimal'}", says: "tools.profile is minimal"),
        lists(
            "the agent's own denial", "agents: {list: [{id: 'main', tools: {deny: ['group:sessions']}}]}",
            says: "agents.list[0].tools.deny takes sessions_send away"),
        DoctorRow(
            name: "an agent that is not there",
            openClaw:
                "{gateway: {port: PORT, tools: {allow: ['sessions_send']}}, agents: {list: [{id: 'home'}]}}",
            config: ["agent_id": "nobody"], rows: ["agent": "failed"], says: "--agent-id home"),
        DoctorRow(
            name: "openclaw.json is broken", openClaw: "{gateway",
            rows: ["openclaw.json": "failed", "tool lists": "none"],
            says: "openclaw config validate"),
        DoctorRow(
            name: "there is no openclaw.json", openClaw: nil,
            rows: ["openclaw.json": "warning", "tool lists": "none"],
            says: "OPENCLAW_CONFIG_PATH"),
        DoctorRow(
            name: "the gateway is said to be elsewhere",
            openClaw: "{gateway: {mode: 'remote', remote: {url: 'ws://h'}}}",
            rows: ["openclaw.json": "failed", "tool lists": "none"], says: "gateway.mode is remote"),
        DoctorRow(
            name: "another port", openClaw: "{gateway: {port: 1, tools: {allow: ['sessions_send']}}}",
            rows: ["openclaw.json": "warning"], says: "puts the gateway at http://127.0.0.1:1"),
        DoctorRow(
            name: "others can read the key", mode: 0o644, rows: ["configuration": "warning"],
            says: "chmod 600"),
        DoctorRow(
            name: "an unknown key", config: ["grreting": "Hi"], rows: ["configuration": "warning"],
            says: "grreting"),
        DoctorRow(
            name: "an odd key", config: ["api_key": "sk_0123456789"], rows: ["api key": "warning"],
            says: "Keys begin with cc_"),
        DoctorRow(
            name: "no key", config: ["api_key": ""],
            rows: ["configuration": "failed", "api key": "none", "key": "skipped"],
            says: "there is no API key"),
        DoctorRow(
            name: "offline", arguments: ["--offline"], isServiceDown: true, isGatewayDown: true,
            rows: [
                "gateway": "skipped", "token": "skipped", "sessions_send": "skipped",
                "sessions_history": "skipped",
                "service": "skipped", "key": "skipped", "clock": "skipped",
            ]),
    ]
}
