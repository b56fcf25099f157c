package import OpenClaw
import Wire

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

    private let http: any HTTPPort
    private let baseURL: String
    private let time: any Timekeeper
    private var isLooking = false
    private var isStopped = false
    private var next: (any Cancellable)?
    package private(set) var health: Health?
    /// Finds out whether a gateway that counts itself as live takes no work; calls back once.
    var asksForWork: (_ completion: @escaping (_ isRefused: Bool) -> Void) -> Void = { $0(false) }
    /// It began to live, or ceased to.
    package var onChange: (Health) -> Void = { _ in }
    /// After each look.
    package var onLook: () -> Void = {}

    private static let interval = Duration.seconds(25)
    private static let intervalWhileDead = Duration.seconds(5)
    private static let deadline = Duration.seconds(10)

    package init(baseURL: String, http: any HTTPPort, time: any Timekeeper) {
        (self.baseURL, self.http, self.time) = (baseURL, http, time)
    }

    /// Looks now, and from now on.
    package func look() {
        guard !isLooking else { return }
        isLooking = true
        next?.cancel()
        let began = time.now
        http.send(GatewayProbe.health(of: baseURL), deadline: Self.deadline) { [weak self] result in
            self?.looked(result, began: began)
        }
    }

    package func stop() {
        next?.cancel()
        isStopped = true
    }

    private func looked(_ result: Result<HTTPResponse, HTTPPortFailure>, began: Duration) {
        let took = time.now - began
        let problem: String? =
            switch result {
            case .success(let response) where GatewayProbe.isLive(response): nil
            case .success(let response): "it answers with HTTP \(response.status) and is not a live gateway"
            case .failure(let failure): failure.reason
            }
        if let problem { return conclude(problem, took: took) }
        asksForWork { [weak self] isRefused in
            self?.conclude(
                isRefused ? "it takes no work: it is suspended, or shutting down" : nil, took: took)
        }
    }

    private func conclude(_ problem: String?, took: Duration) {
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
