import Agent
import ClawdTalkAPI
import Logging
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("A network that is gone")
struct BridgeNetworkTests {
    private let time = ManualTime()
    private let rest: ScriptedREST
    private let service = ScriptedService()
    private let bridge: Bridge

    init() {
        rest = ScriptedREST(time: time)
        rest.script = { _ in .failure(mayHaveArrived: false) }
        let lanes = scriptedLanes(to: rest, time: time)
        let requests = ServiceRequests(
            rest: ServiceREST(baseURL: "http://service/v1", apiKey: "cc_test"), http: rest)
        var ports = BridgePorts(
            connector: service, lanes: lanes, requests: requests, time: time, chance: .highest)
        ports.gateway = GatewayMonitor(lanes.agent, time: time)
        bridge = Bridge(
            settings: BridgeSettings(apiKey: "cc_test"), ports: ports,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        bridge.start()
    }

    /// Every try ends at once for so many seconds.
    private func fail(for seconds: Int, hasNoNetwork: Bool) {
        for _ in 0..<seconds {
            if bridge.status.line == .connecting {
                var ending = WebSocketPortEnding(reason: "nothing there")
                ending.hasNoNetwork = hasNoNetwork
                service.current.signal(.ended(ending))
            }
            time.advance(seconds: 1)
        }
    }

    @Test("is one where for 3 minutes no name was resolved and the gateway did not answer")
    func gone() {
        fail(for: 175, hasNoNetwork: true)
        #expect(!bridge.status.hasNoNetwork)
        fail(for: 10, hasNoNetwork: true)
        #expect(bridge.status.hasNoNetwork)
    }

    @Test("is not one where only the service is away")
    func serviceAway() {
        fail(for: 300, hasNoNetwork: false)
        #expect(!bridge.status.hasNoNetwork)
    }

    @Test("is not one where the gateway answers")
    func gatewayAnswers() {
        rest.script = { _ in .json(#"{"ok":true,"status":"live"}"#) }
        fail(for: 300, hasNoNetwork: true)
        #expect(!bridge.status.hasNoNetwork)
    }
}
