import Foundation

/// Starts the background bridge of a home and waits until it is authenticated.
struct BridgeStart {
    enum Outcome: Equatable {
        case alreadyRunning(pid_t)
        case connected
        /// The process ended: its status, and its last word.
        case ended(ExitStatus, String)
        /// Not authenticated within ``patience``; it goes on trying.
        case notYet
    }

    let home: HomeFolder
    /// Options for `run`.
    let arguments: [String]

    static let patience = Duration.seconds(10)

    /// - Throws: ``CommandFailure`` when no process can be started.
    func start() async throws -> Outcome {
        try home.create()
        if let pid = try runningProcess() {
            var record = BridgeRecord.read(home) ?? BridgeRecord()
            record.wanted = true
            record.write(home)
            return .alreadyRunning(pid)
        }
        if let service = ServiceHosts.serving(home) { return try await start(service) }
        BridgeRecord(arguments: arguments).write(home)
        let logStart = Self.inode(home.logPath).map { ($0, Self.size(home.logPath)) }
        let child = try BackgroundProcess.launch(["run"] + arguments, log: home.logPath)
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            if ControlClient(home).status()?.connected == true { return .connected }
            // Another start may have been quicker: then its bridge is the one to wait for.
            if let status = child.exitStatus(), try InstanceLock.holder(home.pidPath) == .nobody {
                return .ended(ExitStatus(rawValue: status) ?? .failure, lastLine(since: logStart))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        return .notYet
    }

    /// By the lock, or by the word of one whose lock file was removed a moment ago.
    private func runningProcess() throws -> pid_t? {
        if case .process(let pid) = try InstanceLock.holder(home.pidPath) { return pid }
        return ControlClient(home).status()?.pid
    }

    /// Its options are those of the service.
    private func start(_ service: any ServiceHost) async throws -> Outcome {
        BridgeRecord().write(home)
        let logStart = Self.inode(home.logPath).map { ($0, Self.size(home.logPath)) }
        do {
            try await service.start()
        } catch let failure as CommandFailure where failure.status != .unreachable {
            return .ended(failure.status, lastLine(since: logStart))
        }
        return ControlClient(home).status()?.connected == true ? .connected : .notYet
    }

    private func lastLine(since start: (inode: UInt64, size: UInt64)?) -> String {
        guard let handle = FileHandle(forReadingAtPath: home.logPath) else { return "see \(home.logPath)" }
        // A log that was rotated since is read from its beginning.
        if let start, start.inode == Self.inode(home.logPath) { try? handle.seek(toOffset: start.size) }
        let text = (try? handle.readToEnd()).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let lines = text.split(separator: "\n").filter { !$0.contains(LogLine.ending) }
        return lines.last.map(String.init) ?? "see \(home.logPath)"
    }

    private static func size(_ path: String) -> UInt64 { attribute(.size, of: path) ?? 0 }
    private static func inode(_ path: String) -> UInt64? { attribute(.systemFileNumber, of: path) }

    private static func attribute(_ key: FileAttributeKey, of path: String) -> UInt64? {
        (try? FileManager.default.attributesOfItem(atPath: path)[key] as? NSNumber)?.uint64Value
    }
}
