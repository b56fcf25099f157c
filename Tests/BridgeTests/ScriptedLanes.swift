import Agent
import OpenClaw
import Ports
import TestSupport

/// The way to an agent at a gateway in memory.
func scriptedLanes(
    to gateway: any HTTPStreamPort, time: ManualTime, isChatOn: Bool = false,
    nextMarker: @escaping () -> UInt32 = { .random(in: .min ... .max) }
) -> Lanes {
    let agent = OpenClawAgent(
        settings: OpenClawAgent.Settings(
            baseURL: "http://gateway", sessionKey: "agent:main:main", agentID: "main", wantsChat: isChatOn),
        http: gateway, time: time, tokens: { ["t"] },
        chance: Randomness(unit: { 0.5 }, word: nextMarker), log: { _, _ in })
    return Lanes(agent, time: time)
}

extension Lanes {
    /// Whether a question that comes now would have to wait.
    var isBusy: Bool { occupation(for: .call("another")) != .free }
}

extension Randomness {
    /// Jitter at its most.
    static var highest: Randomness { Randomness(unit: { 1 }, word: { 7 }) }
}
