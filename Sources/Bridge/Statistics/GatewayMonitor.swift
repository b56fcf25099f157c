package import Agent
package import Ports

/// Looks whether the gateway lives, every 25 s and after a question that found it away, and every 5 s while it does not:
/// whoever asks about its health need not ask the gateway.
package final class GatewayMonitor {
    package struct Health: Equatable, Sendable {
        package let isLive: Bool
        /// When it was looked at.
        package let checkedAt: Duration
        /// Since when it has been so.
        package let since: Duration
        /// Why it is not live.
        package let problem: String?
        /// From the request to the answer.
        package let took: Duration
    }

    private let agent: any AgentPort
    private let time: any Timekeeper
    private var isLooking = false
    private var isStopped = false
    private var next: (any Cancellable)?
    package private(set) var health: Health?
    /// It began to live, or ceased to.
    package var onChange: (Health) -> Void = { _ in }
    /// After each look.
    package var onLook: () -> Void = {}

    private static let interval = Duration.seconds(25)
    private static let intervalWhileDead = Duration.seconds(5)

    package init(_ agent: any AgentPort, time: any Timekeeper) { (self.agent, self.time) = (agent, time) }

    /// Looks now, and from now on.
    package func look() {
        guard !isLooking else { return }
        isLooking = true
        next?.cancel()
        let began = time.now
        agent.checkHealth { [weak self] problem in self?.looked(problem, began: began) }
    }

    package func stop() {
        next?.cancel()
        isStopped = true
    }

    private func looked(_ problem: String?, began: Duration) {
        let took = time.now - began
        isLooking = false
        guard !isStopped else { return }
        let (isLive, old) = (problem == nil, health)
        let since = old.flatMap { $0.isLive == isLive ? $0.since : nil } ?? time.now
        let now = Health(isLive: isLive, checkedAt: time.now, since: since, problem: problem, took: took)
        health = now
        next = time.schedule(after: isLive ? Self.interval : Self.intervalWhileDead) { [weak self] in
            self?.look()
        }
        if old.map({ $0.isLive != isLive }) ?? !isLive { onChange(now) }
        onLook()
    }
}
