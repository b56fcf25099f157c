import Foundation

/// Ends the background bridge of a home, gracefully and surely.
struct BridgeStop {
    let home: HomeFolder

    /// - Returns: false when none was running.
    /// - Throws: ``CommandFailure`` when it does not end.
    func stop() async throws -> Bool {
        guard case .process = InstanceLock.holder(home.pidPath) else { return false }
        _ = ControlClient(path: home.socketPath).ask("stop")
        if try await isGone(within: .seconds(6)) { return true }
        // The kernel names the lock's holder, so no other process can be hit.
        for number in [SIGTERM, SIGKILL] {
            guard case .process(let pid) = InstanceLock.holder(home.pidPath), pid > 0 else { break }
            kill(pid, number)
            if try await isGone(within: .seconds(6)) { return true }
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
