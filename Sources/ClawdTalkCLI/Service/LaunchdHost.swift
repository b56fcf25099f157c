import Foundation

/// launchd, asked through launchctl(1), for the session of the user who is logged in.
struct LaunchdHost: ServiceHost {
    let path: String
    private let domain = "gui/\(getuid())"

    init(environment: [String: String]) {
        path = HomeFolder.userHome(environment) + "/Library/LaunchAgents/\(LaunchAgent.label).plist"
    }

    private var target: String { "\(domain)/\(LaunchAgent.label)" }

    var mark: String { LaunchAgent.mark }
    func text(program: String, home: String) -> String { LaunchAgent(program: program, home: home).text }
    func homeLine(_ home: String) -> String { LaunchAgent(program: "", home: home).environmentLine }
    func advice() async -> [String] { ["See it: launchctl print \(target)"] }

    func check() async throws {
        guard ChildProcess.find("launchctl") != nil,
            try await ChildProcess.run("launchctl", ["print", domain]).status == 0
        else {
            throw CommandFailure(
                .unreachable,
                "launchd has no session of yours. Log in at the Mac's own screen, then try again.")
        }
    }

    func isActive() async -> Bool {
        (try? await ChildProcess.run("launchctl", ["print", target]))?.status == 0
    }

    func enable() async throws { try await start() }
    func disable() async throws { try await stop() }
    func forget() async {}

    func start() async throws {
        if await isActive() { return }
        try await must("bootstrap", domain, path)
    }

    func stop() async throws {
        if await isActive() { try await must("bootout", target) }
    }

    private func must(_ words: String...) async throws {
        let done = try await ChildProcess.run("launchctl", words, within: .seconds(90))
        guard done.status == 0 else {
            let line = done.errors.split(separator: "\n").first.map(String.init) ?? "no reason given"
            throw CommandFailure(
                .failure, "launchctl \(words.joined(separator: " ")): \(Console.printable(line))")
        }
    }
}
