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
        guard case .process = InstanceLock.holder(home.pidPath) else { return false }
        if drains, ControlClient(home).ask("drain") != nil,
            try await isGone(within: Self.drainLimit + Self.closingLimit)
        {
            return true
        }
        _ = ControlClient(home).ask("stop")
        if try await isGone(within: Self.closingLimit) { return true }
        // The kernel names the lock's holder, so no other process can be hit.
        for number in [SIGTERM, SIGKILL] {
            guard case .process(let pid) = InstanceLock.holder(home.pidPath), pid > 0 else { break }
            kill(pid, number)
            if try await isGone(within: Self.closingLimit) { return true }
        }
        throw CommandFailure(.failure, "the bridge for \(home.path) did not stop.")
    }

    private func isGone(within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if InstanceLock.holder(home.pidPath) == .nobody { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
