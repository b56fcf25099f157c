import TestSupport
import Testing

@testable import Bridge

/// gateway.md D: work is answered with 503, and `/healthz` says live all the time.
@Suite("A gateway that is suspended or draining is a gateway that is away")
struct SuspendedGatewayTests {
    private let fixture = BridgeFixture(isMonitored: true)

    /// - Parameter isSuspended: at the time of a call.
    private func script(isSuspended: @escaping (Duration) -> Bool) {
        let time = fixture.time
        fixture.gateway.script = { call in
            if call.tool.isEmpty { return .json(#"{"ok":true,"status":"live"}"#) }
            if isSuspended(time.now) {
                return .json(
                    status: 503, #"{"ok":false,"error":{"code":"gateway_unavailable","message":"suspended"}}"#
                )
            }
            guard call.message != nil else {
                return .json(status: 400, #"{"ok":false,"error":{"type":"tool_error"}}"#)
            }
            return .details(#"{"status":"ok","reply":"42."}"#)
        }
        fixture.connect()
    }

    @Test("a question waits for it, and it does not count as live until it takes work again")
    func suspended() {
        script { $0 < .seconds(20) }
        fixture.time.advance(seconds: 1)
        #expect(fixture.bridge.status.gateway?.isLive == true)
        fixture.ask()
        fixture.time.advance(seconds: 5)
        #expect(fixture.heard().first == Phrases.english.gatewayUnavailable)
        #expect(fixture.bridge.status.gateway?.isLive == false)
        #expect(fixture.bridge.status.gateway?.problem?.contains("takes no work") == true)
        fixture.time.advance(seconds: 25)
        #expect(fixture.results() == ["42."] && fixture.bridge.status.gateway?.isLive == true)
    }

    @Test("nobody has to ask again for it to count as live")
    func nobodyAsks() {
        script { $0 < .seconds(200) }
        fixture.ask()
        fixture.time.advance(seconds: 150)
        #expect(fixture.results() == [Phrases.english.unreachable])
        #expect(fixture.bridge.status.gateway?.isLive == false)
        fixture.time.advance(seconds: 60)
        #expect(fixture.bridge.status.gateway?.isLive == true)
    }

    @Test("a gateway that takes work is not asked for anything but its health")
    func harmless() {
        script { _ in false }
        fixture.ask()
        fixture.time.advance(seconds: 300)
        #expect(fixture.gateway.probes.isEmpty)
    }
}
