import Agent
import ClawdTalkAPI
import Logging
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
    private let clockFile = MemoryJournalFile()
    private let wall: WallClock
    let log = LogJournal()
    let recorder = MemoryRecorder()
    /// Unix time, with what somebody added by setting the clock.
    private final class WallClock {
        private let time: ManualTime
        var change: Int
        var now: Int { change + Int(time.now.components.seconds) }

        init(_ time: ManualTime, at start: Int) { (self.time, change) = (time, start) }
    }

    /// - Parameter absence: seconds between the process before and this one.
    init(
        after previous: BridgeFixture? = nil, absence: Int = 0, isChatOn: Bool = false,
        isMonitored: Bool = false,
        _ adjust: (inout BridgeSettings) -> Void = { _ in }
    ) {
        gateway = ScriptedGateway(time: time)
        rest = ScriptedREST(time: time)
        if let previous {
            (journal.bytes, clockFile.bytes) = (previous.journal.bytes, previous.clockFile.bytes)
        }
        let wall = WallClock(time, at: (previous?.wall.now ?? 1_800_000_000) + absence)
        self.wall = wall
        var settings = BridgeSettings(apiKey: "cc_test")
        (settings.ownerName, settings.agentName) = ("Ana", "Rex")
        adjust(&settings)
        let lanes = scriptedLanes(to: gateway, time: time, isChatOn: isChatOn)
        let requests = ServiceRequests(
            rest: ServiceREST(baseURL: "http://service/v1", apiKey: "cc_test"), http: rest)
        var ports = BridgePorts(
            connector: service, lanes: lanes, requests: requests, time: time, chance: .highest)
        let (time, log) = (time, Logger(label: "test") { [log] _ in log.handler })
        let clock = SteadyClock(clockFile, time: time, unixTime: { wall.now }, log: log)
        ports.clock = clock
        ports.journal = CallJournal(
            journal, now: { clock.now }, soon: { time.schedule(after: .zero, $0) })
        ports.recorder = recorder
        if isMonitored {
            ports.gateway = GatewayMonitor(lanes.agent, time: time)
        }
        bridge = Bridge(
            settings: settings, ports: ports, log: log)
        bridge.onExit = { [weak self] in self?.exits.append($0) }
    }

    /// Somebody puts the machine's clock right by so many seconds.
    func changeClock(by seconds: Int) { wall.change += seconds }

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
