package import Agent
package import Ports

/// What the bridge is given from outside.
package struct BridgePorts {
    package let connector: any WebSocketPort
    package let lanes: Lanes
    package let requests: ServiceRequests
    package let time: any Timekeeper
    /// For jitter.
    package let chance: Randomness
    /// nil where nothing is to outlive the process.
    package var journal: CallJournal?
    /// Tells ages across processes; nil where nothing is to outlive the process.
    package var clock: SteadyClock?
    /// nil where calls are not kept.
    package var recorder: (any CallRecorder)?
    /// nil where texts are not answered and calls not reported.
    package var messages: MessagePorts?
    /// nil where nobody asks for the gateway's health.
    package var gateway: GatewayMonitor?

    package init(
        connector: any WebSocketPort, lanes: Lanes, requests: ServiceRequests, time: any Timekeeper,
        chance: Randomness
    ) {
        (self.connector, self.lanes, self.requests) = (connector, lanes, requests)
        (self.time, self.chance) = (time, chance)
    }
}
