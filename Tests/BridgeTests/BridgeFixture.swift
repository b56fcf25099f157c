import ClawdTalkAPI
import Logging
import Agent
import OpenClaw
import Ports
import TestSupport

@testable import Bridge

/// A whole bridge in memory: the test plays the service, the script plays the gateway, time moves by hand.
final class BridgeFixture {
    let time = ManualTime()
    let service = ScriptedService()
    let gateway: ScriptedGateway
    let bridge: Bridge
    private(set) var exits: [BridgeExit] = []

    let rest: ScriptedREST
    let journal = MemoryJournalFile()
    let log = LogJournal()
    let recorder = MemoryRecorder()
    /// Unix time at the beginning of ``time``.
    private let epoch = 1_800_000_000

    init(
        after previous: BridgeFixture? = nil, isChatOn: Bool = false, isMonitored: Bool = false,
        _ adjust: (inout BridgeSettings) -> Void = { _ in }
    ) {
        gateway = ScriptedGateway(time: time)
        rest = ScriptedREST(time: time)
        if let previous { journal.bytes = previous.journal.bytes }
        var settings = BridgeSettings(apiKey: "cc_test")
        (settings.ownerName, settings.agentName) = ("Ana", "Rex")
        adjust(&settings)
        let lanes = scriptedLanes(to: gateway, time: time, isChatOn: isChatOn)
        let requests = ServiceRequests(
            rest: ServiceREST(baseURL: "http://service/v1", apiKey: "cc_test"), http: rest)
        var ports = BridgePorts(
            connector: service, lanes: lanes, requests: requests, time: time, chance: .highest)
        let (time, epoch) = (time, epoch)
        ports.journal = CallJournal(
            journal, now: { epoch + Int(time.now.components.seconds) },
            soon: { time.schedule(after: .zero, $0) })
        ports.recorder = recorder
        if isMonitored {
            ports.gateway = GatewayMonitor(lanes.agent, time: time)
        }
        bridge = Bridge(
            settings: settings, ports: ports, log: Logger(label: "test") { [log] _ in log.handler })
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
                ? .details(
                    #"{"status":"ok","reply":"\#(reply)","delivery":{"status":"skipped"}}"#, after: delay)
                : .rows([])
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

    /// What the caller hears for a request, on the way and as its result.
    func heard(_ id: String = "r1") -> [String] {
        service.connections.flatMap(\.sent).filter { $0["request_id"] as? String == id }
            .compactMap { $0["text"] as? String }
    }

    func results(_ id: String = "r1") -> [String] {
        service.connections.flatMap(\.sent)
            .filter { $0["request_id"] as? String == id && $0["type"] as? String == "deep_tool_result" }
            .compactMap { $0["text"] as? String }
    }

    func responses(_ call: String = "c1") -> [String] {
        service.connections.flatMap(\.sent)
            .filter { $0["call_id"] as? String == call && $0["type"] as? String == "response" }
            .compactMap { $0["text"] as? String }
    }
}
