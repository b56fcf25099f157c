import ArgumentParser
import Foundation

/// `clawdtalk stop`: ends the background bridge, gracefully and surely.
struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the bridge.",
        discussion: "Exit statuses: 0 it is stopped, or was not running; 1 it could not be stopped.")

    func run() async throws {
        try await CommandRunner.run { try await stop() }
    }

    private func stop() async throws -> ExitStatus {
        let home = HomeFolder.current
        guard case .process = InstanceLock.holder(home.pidPath) else {
            Console.out("not running")
            return .success
        }
        _ = ControlClient(path: home.socketPath).ask("stop")
        if try await isGone(home, within: .seconds(6)) { return stopped() }
        // The kernel names the lock's holder, so no other process can be hit.
        for number in [SIGTERM, SIGKILL] {
            guard case .process(let pid) = InstanceLock.holder(home.pidPath), pid > 0 else { break }
            kill(pid, number)
            if try await isGone(home, within: .seconds(6)) { return stopped() }
        }
        throw CommandFailure(.failure, "the bridge for \(home.path) did not stop.")
    }

    private func stopped() -> ExitStatus {
        Console.out("stopped")
        return .success
    }

    private func isGone(_ home: HomeFolder, within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if InstanceLock.holder(home.pidPath) == .nobody { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
