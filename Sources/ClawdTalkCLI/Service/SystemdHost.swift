import Foundation

/// systemd's user manager, asked through systemctl(1).
struct SystemdHost: ServiceHost {
    let path: String
    private let environment: [String: String]

    init(environment: [String: String]) {
        var environment = environment
        let named = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let folder = named ?? HomeFolder.userHome(environment) + "/.config"
        path = folder + "/systemd/user/" + SystemdUnit.name
        // cron and su know nothing of it, and systemctl asks for it.
        let runtime = "/run/user/\(getuid())"
        if environment["XDG_RUNTIME_DIR"] == nil, FileManager.default.fileExists(atPath: runtime) {
            environment["XDG_RUNTIME_DIR"] = runtime
        }
        self.environment = environment
    }

    var mark: String { SystemdUnit.mark }
    func text(program: String, home: String) -> String { SystemdUnit(program: program, home: home).text }
    func homeLine(_ home: String) -> String { SystemdUnit(program: "", home: home).environmentLine }

    func advice() async -> [String] {
        let journal = "See it: systemctl --user status \(SystemdUnit.name)"
        let user = NSUserName()
        let linger = try? await ChildProcess.run("loginctl", ["show-user", user, "--property=Linger"])
        guard linger?.output.contains("yes") != true else { return [journal] }
        return [journal, "It ends when you log out, unless you run: sudo loginctl enable-linger \(user)"]
    }

    func check() async throws {
        guard ChildProcess.find("systemctl") != nil else {
            throw CommandFailure(
                .unreachable,
                "there is no systemctl here. Use `clawdtalk start`, and `clawdtalk watchdog` in your crontab."
            )
        }
        guard try await systemctl("show", "--property=Version").status == 0 else {
            throw CommandFailure(
                .unreachable,
                """
                no systemd user manager answers. Log in as this user itself, not by su or sudo, or have it started: \
                sudo loginctl enable-linger \(NSUserName())
                """)
        }
    }

    func isActive() async -> Bool {
        (try? await systemctl("is-active", "--quiet", SystemdUnit.name))?.status == 0
    }

    func enable() async throws {
        try await must("daemon-reload")
        try await must("enable", SystemdUnit.name)
        try await start()
    }

    func disable() async throws { try await must("disable", "--now", SystemdUnit.name) }

    func forget() async {
        _ = try? await systemctl("daemon-reload")
        _ = try? await systemctl("reset-failed", SystemdUnit.name)
    }

    func start() async throws {
        let done = try await systemctl("start", SystemdUnit.name)
        guard done.status != 0 else { return }
        let shown = try await systemctl("show", "--property=ExecMainStatus", "--value", SystemdUnit.name)
        let number = Int32(shown.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        // What it prevents from being started again ends here; anything else may yet come up, which nobody waits for.
        let status = ExitStatus(rawValue: number).flatMap { $0 == .success ? nil : $0 } ?? .failure
        throw CommandFailure(
            status,
            "systemd started the bridge, and it ended with status \(number). Its log says why.")
    }

    func stop() async throws { try await must("stop", SystemdUnit.name) }

    private func must(_ words: String...) async throws {
        let done = try await systemctl(words)
        guard done.status == 0 else {
            throw CommandFailure(
                .failure, "systemctl --user \(words.joined(separator: " ")): \(Self.firstLine(done.errors))")
        }
    }

    private func systemctl(_ words: String...) async throws -> ChildProcess { try await systemctl(words) }

    private func systemctl(_ words: [String]) async throws -> ChildProcess {
        try await ChildProcess.run(
            "systemctl", ["--user"] + words, environment: environment, within: .seconds(90))
    }

    private static func firstLine(_ text: String) -> String {
        text.split(separator: "\n").first.map { Console.printable(String($0)) } ?? "no reason given"
    }
}
