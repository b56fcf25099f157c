import Foundation

/// Ends the background bridge of a home, gracefully and surely.
struct BridgeStop {
    let home: HomeFolder

    /// How long a draining bridge waits for answers that are under way.
    static let drainLimit = Duration.seconds(30)
    /// For the line's closing handshake, and for the kernel.
    private static let closingLimit = Duration.seconds(6)

    /// - Parameter drains: lets answers that are under way be finished and delivered, for ``drainLimit`` at most.
    /// - Returns: false when none was running.
    /// - Throws: ``CommandFailure`` when it does not end.
    func stop(draining drains: Bool = false) async throws -> Bool {
        let service = ServiceHosts.serving(home)
        let wasRunning = try await stopProcess(draining: drains)
        // It would start the bridge again.
        if let service, (try? await service.check()) != nil { try await service.stop() }
        return wasRunning
    }

    private func stopProcess(draining drains: Bool) async throws -> Bool {
        guard try isRunning else { return false }
        if drains, ControlClient(home).ask("drain") != nil,
            try await isGone(within: Self.drainLimit + Self.closingLimit)
        {
            return true
        }
        _ = ControlClient(home).ask("stop")
        if try await isGone(within: Self.closingLimit) { return true }
        // The kernel names the lock's holder, so no other process can be hit.
        for number in [SIGTERM, SIGKILL] {
            guard case .process(let pid) = try InstanceLock.holder(home.pidPath), pid > 0 else { break }
            kill(pid, number)
            if try await isGone(within: Self.closingLimit) { return true }
        }
        throw CommandFailure(.failure, "the bridge for \(home.path) did not stop.")
    }

    /// By the lock, or by the word of one whose lock file was removed a moment ago.
    private var isRunning: Bool {
        get throws {
            try InstanceLock.holder(home.pidPath) != .nobody || ControlClient(home).ask("status") != nil
        }
    }

    private func isGone(within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if try !isRunning { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
