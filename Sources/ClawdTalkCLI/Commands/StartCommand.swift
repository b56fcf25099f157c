import ArgumentParser
import Foundation

/// `clawdtalk start`: the bridge in the background.
struct StartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the bridge in the background and wait until it is authenticated.",
        discussion: """
            The log is .connect.log in CLAWDTALK_HOME. Exit statuses: 0 authenticated, or already running; 75 not \
            authenticated after 10 s (it goes on trying); otherwise what `run` ended with.
            """)

    @OptionGroup var options: ConfigurationOptions

    private static let patience = Duration.seconds(10)

    func run() async throws {
        try await CommandRunner.run { try await start() }
    }

    private func start() async throws -> ExitStatus {
        let settings = options.settings
        _ = try settings.load()
        let home = settings.home
        try home.create()
        if case .process(let pid) = InstanceLock.holder(home.pidPath) {
            Console.out("already running (process \(pid))")
            return .success
        }
        let logStart = Self.size(home.logPath)
        let child = try BackgroundProcess.launch(["run"] + options.arguments, log: home.logPath)
        let control = ControlClient(path: home.socketPath)
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            if control.status()?.connected == true {
                Console.out("connected")
                return .success
            }
            // Another start may have been quicker: then its bridge is the one to wait for.
            if let status = child.exitStatus(), InstanceLock.holder(home.pidPath) == .nobody {
                Console.error("clawdtalk: the bridge ended: \(Self.lastLine(home.logPath, from: logStart))")
                return ExitStatus(rawValue: status) ?? .failure
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        Console.error("clawdtalk: not authenticated after 10 s; it goes on trying. See \(home.logPath).")
        return .notYet
    }

    private static func size(_ path: String) -> UInt64 {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64) ?? 0
    }

    private static func lastLine(_ path: String, from offset: UInt64) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "see \(path)" }
        try? handle.seek(toOffset: offset)
        let text = (try? handle.readToEnd()).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let lines = text.split(separator: "\n").filter { !$0.contains(" notice stopped") }
        return lines.last.map(String.init) ?? "see \(path)"
    }
}
