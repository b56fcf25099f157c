import Foundation
import Synchronization

/// Another program, run to its end in a process group of its own, which no Ctrl-C reaches: see ``endAll()``.
struct ChildProcess: Sendable {
    let status: Int32
    let output: String
    /// What it wrote to standard error; empty when that went to ours.
    let errors: String

    /// - Parameters:
    ///   - program: a path, or a name that is looked for in PATH.
    ///   - environment: in place of ours.
    ///   - showsErrors: whether its standard error is ours.
    ///   - limit: after which it is killed with all that it started, which gives the status 137.
    /// - Throws: ``CommandFailure`` when it cannot be started, or was ended by ``endAll()``.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil,
        showsErrors: Bool = false, within limit: Duration = .seconds(60)
    ) async throws -> ChildProcess {
        guard let path = find(program) else { throw CommandFailure(.failure, "\(program) is not installed.") }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        if let environment { process.environment = environment }
        process.standardInput = FileHandle.nullDevice
        // Files: what a grandchild keeps open holds nobody up.
        let output = try ScratchOutput()
        let errors = try ScratchOutput()
        process.standardOutput = output.handle
        process.standardError = showsErrors ? .standardError : errors.handle
        let status = try await wait(for: process, path, within: limit)
        return ChildProcess(status: status, output: output.text(), errors: errors.text())
    }

    /// - Returns: nil when no such program is there.
    static func find(_ program: String) -> String? {
        if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":").map { $0 + "/" + program }.first { access($0, X_OK) == 0 }
    }

    private static func wait(
        for process: Process, _ path: String, within limit: Duration
    ) async throws -> Int32 {
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            let isKilled = $0.terminationReason == .uncaughtSignal
            end.yield($0.terminationStatus + (isKilled ? 128 : 0))
        }
        do { try process.run() } catch {
            throw CommandFailure(.failure, "\(path) cannot be started.")
        }
        let pid = process.processIdentifier
        running.withLock { $0[pid] = .works }
        let clock = Task {
            try await Task.sleep(for: limit)
            running.withLock { $0[pid] = .overdue }
            await Self.end([pid])
        }
        defer { clock.cancel() }
        let status = await ends.first { _ in true } ?? 1
        switch running.withLock({ $0.removeValue(forKey: pid) }) {
        case .interrupted: throw CommandFailure(.failure, "interrupted.")
        case .overdue: return 128 + SIGKILL
        case .works, nil: return status
        }
    }

    private enum State { case works, overdue, interrupted }

    /// By their process ids.
    private static let running = Mutex<[pid_t: State]>([:])
    /// For a program to clean up, as git does with its locks.
    private static let grace = Duration.seconds(2)

    /// Ends all that run now, with what they started; their ``run(_:_:environment:showsErrors:within:)`` throws.
    /// - Returns: false when none runs.
    static func endAll() -> Bool {
        let pids = running.withLock { running in
            for pid in running.keys { running[pid] = .interrupted }
            return Array(running.keys)
        }
        Task { await end(pids) }
        return !pids.isEmpty
    }

    private static func end(_ pids: [pid_t]) async {
        // The groups of their own; one that is not the leader of one is ended alone.
        let targets = pids.map { getpgid($0) == $0 ? -$0 : $0 }
        for target in targets { kill(target, SIGTERM) }
        try? await Task.sleep(for: grace)
        for target in targets { kill(target, SIGKILL) }
    }
}

/// A file without a name that takes a program's output.
private final class ScratchOutput {
    let handle: FileHandle

    init() throws {
        var path = Array((FileManager.default.temporaryDirectory.path + "/clawdtalk-XXXXXX").utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .cannotWrite, "\(FileManager.default.temporaryDirectory.path) is full or closed.")
        }
        unlink(path)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func text() -> String {
        try? handle.seek(toOffset: 0)
        return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    }
}
