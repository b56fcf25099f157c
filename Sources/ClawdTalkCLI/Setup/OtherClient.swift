import Foundation

/// A running Node client of ClawdTalk (`ws-client.js`): with the same key, two clients throw each other out.
struct OtherClient: Equatable {
    let pid: pid_t
    /// The words it was started with.
    let command: [String]

    static let script = "ws-client.js"

    /// Those that run on this machine, as far as this user can see.
    static func running() -> [OtherClient] {
        processes().filter { client in
            let program = client.command.first.map { ($0 as NSString).lastPathComponent } ?? ""
            return ["node", "nodejs", "bun", "deno"].contains(program)
                && client.command.dropFirst().contains { ($0 as NSString).lastPathComponent == script }
        }
    }

    /// Without what else it was started with: that may hold a key.
    var line: String {
        let path = command.first { ($0 as NSString).lastPathComponent == Self.script } ?? Self.script
        return "process \(pid), \(path)"
    }

    /// Asks it to end. - Returns: whether it did so within five seconds.
    func stop() async -> Bool {
        // The number may belong to another process by now.
        guard Self.running().contains(self), kill(pid, SIGTERM) == 0 else { return true }
        let deadline = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < deadline {
            if !Self.running().contains(self) { return true }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
