package import OpenClaw

/// What the bridge is given from outside.
package struct BridgePorts {
    package let connector: any ServiceConnector
    package let link: AgentLink
    package let requests: ServiceRequests
    package let time: any Timekeeper
    /// From 0 to 1, for jitter.
    package let random: () -> Double
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
        connector: any ServiceConnector, link: AgentLink, requests: ServiceRequests, time: any Timekeeper,
        random: @escaping () -> Double
    ) {
        (self.connector, self.link, self.requests) = (connector, link, requests)
        (self.time, self.random) = (time, random)
    }
}
