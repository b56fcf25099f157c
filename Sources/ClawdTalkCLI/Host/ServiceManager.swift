import Foundation

/// The service manager that started this process and wants to hear of it: sd_notify(3), sd_watchdog_enabled(3).
struct ServiceManager: Sendable {
    let socket: NotifySocket
    /// How often it wants a sign of life at least, halved as its manual advises; nil when it does not watch.
    let watchdogInterval: Duration?

    private static let variables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]

    /// - Returns: nil when there is none.
    init?(_ environment: [String: String], processID: pid_t = getpid()) {
        guard let socket = environment["NOTIFY_SOCKET"].flatMap(NotifySocket.init) else { return nil }
        self.socket = socket
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
        watchdogInterval = isMeant && microseconds > 0 ? .microseconds(microseconds / 2) : nil
    }

    /// Reads the environment and takes the variables out of it: a child must not speak for this process.
    static func take() -> ServiceManager? {
        let environment = ProcessInfo.processInfo.environment
        guard environment["NOTIFY_SOCKET"] != nil else { return nil }
        for name in variables { unsetenv(name) }
        return ServiceManager(environment)
    }
}
