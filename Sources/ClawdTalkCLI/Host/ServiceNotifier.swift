import Foundation
import Ports

/// Tells the service manager how the bridge is: sd_notify(3). It runs on the bridge's loop, so that a loop that hangs
/// gives no sign of life. Loop only.
final class ServiceNotifier {
    private let manager: ServiceManager
    private let time: any Timekeeper
    private let report: () -> StatusReport?
    private let begin: Duration
    private var isReady = false
    private var isStopping = false
    private var status = ""
    private var signOfLifeDueAt: Duration

    /// READY comes with the login, or after this time without one: the line goes on trying, and a start job must not
    /// hang while the network is away.
    private static let patience = Duration.seconds(10)
    private static let paceBeforeReady = Duration.milliseconds(100)
    private static let pace = Duration.seconds(2)

    init(_ manager: ServiceManager, time: any Timekeeper, report: @escaping () -> StatusReport?) {
        (self.manager, self.time, self.report) = (manager, time, report)
        (begin, signOfLifeDueAt) = (time.now, time.now)
    }

    func start() { look() }

    /// Between a reload's two messages the manager counts the service as reloading; the clock is for
    /// Type=notify-reload.
    func reload(_ work: () -> Void) {
        var clock = timespec()
        clock_gettime(CLOCK_MONOTONIC, &clock)
        manager.socket.send(
            "RELOADING=1", "MONOTONIC_USEC=\(clock.tv_sec * 1_000_000 + clock.tv_nsec / 1000)")
        work()
        // A service that was not ready before has more to wait for.
        isReady = isReady && manager.socket.send("READY=1")
    }

    func stopping() {
        guard !isStopping else { return }
        isStopping = true
        manager.socket.send("STOPPING=1", "STATUS=stopping")
    }

    private func look() {
        guard !isStopping, let report = report() else { return }
        if status != report.line, manager.socket.send("STATUS=" + report.line) { status = report.line }
        if !isReady, report.connected || time.now - begin >= Self.patience {
            isReady = manager.socket.send("READY=1")
        }
        if let interval = manager.watchdogInterval, time.now >= signOfLifeDueAt {
            manager.socket.send("WATCHDOG=1")
            signOfLifeDueAt = time.now + interval
        }
        time.schedule(after: wait) { [weak self] in self?.look() }
    }

    private var wait: Duration {
        guard isReady else { return Self.paceBeforeReady }
        return manager.watchdogInterval == nil
            ? Self.pace : min(Self.pace, max(signOfLifeDueAt - time.now, .milliseconds(1)))
    }
}

extension StatusReport {
    /// In one line: "connected to wss://…, 2 live calls".
    var line: String {
        let place = Console.printable(server ?? "the service")
        guard connected else { return "\(state), not connected to \(place)" }
        let calls = live_calls ?? 0
        return "connected to \(place), \(calls == 1 ? "1 live call" : "\(calls) live calls")"
    }
}
