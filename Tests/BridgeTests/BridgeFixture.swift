import Logging
import OpenClaw
import TestSupport

@testable import Bridge

/// A whole bridge in memory: the test plays the service, the script plays the gateway, time moves by hand.
final class BridgeFixture {
    let time = ManualTime()
    let service = ScriptedService()
    let gateway: ScriptedGateway
    let bridge: Bridge
    private(set) var exits: [BridgeExit] = []

    init(_ adjust: (inout BridgeSettings) -> Void = { _ in }) {
        gateway = ScriptedGateway(time: time)
        var settings = BridgeSettings(
            apiKey: "cc_test", sessionKey: "agent:main:main", ownerName: "Ana", agentName: "Rex")
        adjust(&settings)
        let link = AgentLink(
            settings: AgentLink.Settings(baseURL: "http://gateway"), http: gateway, time: time,
            tokens: { ["t"] },
            log: { _, _ in })
        bridge = Bridge(
            settings: settings, connector: service, link: link, time: time, random: { 1 },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        bridge.onExit = { [weak self] in self?.exits.append($0) }
    }

    /// Starts and logs in.
    func connect() {
        bridge.start()
        service.current.logIn()
    }

    /// The gateway answers every send with `reply` after `delay`.
    func reply(_ reply: String, after delay: Duration = .milliseconds(200)) {
        gateway.script = { call in
            call.tool == "sessions_send"
                ? .details(#"{"status":"ok","reply":"\#(reply)"}"#, after: delay) : .rows([])
        }
    }

    func event(_ event: String, _ members: String) {
        service.current.receive(#"{"type":"event","event":"\#(event)",\#(members)}"#)
    }

    func ask(_ query: String = "What?", id: String = "r1", call: String = "c1") {
        event(
            "deep_tool_request",
            #""call_id":"\#(call)","request_id":"\#(id)","query":"\#(query)","context":{}"#)
    }
}
