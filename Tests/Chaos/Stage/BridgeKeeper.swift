import Foundation
import Simulator

/// Starts the real program again and again in one home, and keeps what all of its processes say.
actor BridgeKeeper {
    struct LogLine: Sendable {
        let process: Int
        let text: String
    }

    struct Exit: Sendable {
        let process: Int
        let status: Int32
        let isBySignal: Bool
        /// Whether it was killed or stopped from here.
        let isExpected: Bool
    }

    nonisolated let log = EventJournal<LogLine>()
    /// One entry when a process has ended and all that it said is in ``log``.
    nonisolated let exits = EventJournal<Exit>()
    private let program: String
    private let home: URL
    private var process: Process?
    private var isEnding = false
    private(set) var count = 0
    /// When each process was started, from 1.
    private(set) var starts: [ContinuousClock.Instant] = []

    /// For what takes as long as the machine needs.
    static let patience = Duration.seconds(300)

    init(_ program: String, home: URL) { (self.program, self.home) = (program, home) }

    var pid: Int32? { process?.processIdentifier }

    nonisolated var environment: [String: String] { ["CLAWDTALK_HOME": home.path, "HOME": home.path] }

    func start() throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["run"]
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        let output = Pipe()
        process.standardError = output
        count += 1
        isEnding = false
        starts.append(.now)
        let number = count
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        self.process = process
        // A thread that may block.
        Thread.detachNewThread { [log] in
            while let line = Self.readLine(output.fileHandleForReading) {
                log.append(LogLine(process: number, text: line))
            }
            ended.wait()
            Task { await self.ended(number) }
        }
    }

    private func ended(_ number: Int) {
        guard let process, number == count else { return }
        exits.append(
            Exit(
                process: number, status: process.terminationStatus,
                isBySignal: process.terminationReason == .uncaughtSignal, isExpected: isEnding))
        self.process = nil
    }

    /// - Returns: once it has ended.
    func kill() async { await end(by: SIGKILL) }

    func terminate() async { await end(by: SIGTERM) }

    private func end(by signal: Int32) async {
        isEnding = true
        guard let pid else { return }
        Foundation.kill(pid, signal)
        await ended()
    }

    /// Waits for the end of the process that runs now, which somebody else brings about.
    func ended(by action: () async throws -> Void) async throws {
        isEnding = true
        try await action()
        await ended()
    }

    private func ended() async {
        let number = count
        _ = await exits.first(within: Self.patience) { $0.process == number }
    }

    func hangUp() { if let pid { Foundation.kill(pid, SIGHUP) } }

    /// Runs a command of the same program. - Returns: its exit status and what it wrote to standard output.
    nonisolated func command(_ arguments: String...) async throws -> (status: Int32, output: String) {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = environment
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        return try await withCheckedThrowingContinuation { continuation in
            let read = DispatchSemaphore(value: 0)
            nonisolated(unsafe) var text = Data()
            process.terminationHandler = { ended in
                // Off the queue that told it: the reader needs no queue, but has to be done.
                read.wait()
                continuation.resume(
                    returning: (ended.terminationStatus, String(decoding: text, as: UTF8.self)))
            }
            do { try process.run() } catch { return continuation.resume(throwing: error) }
            Thread.detachNewThread {
                text = output.fileHandleForReading.readDataToEndOfFile()
                read.signal()
            }
        }
    }

    /// - Returns: nil at the end.
    private static func readLine(_ handle: FileHandle) -> String? {
        var line: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = read(handle.fileDescriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}
