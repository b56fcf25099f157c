import Foundation
import Simulator

/// The real program in a process of its own, with a home of its own: a temporary folder with a blank in its
/// name.
final class BridgeProcess: @unchecked Sendable {
    // Proof: set up in `init`; Process is used through thread-safe calls.
    let home: URL
    let log = EventJournal<String>()
    private let process = Process()
    private let exits = EventJournal<Int32>()
    private let gone = DispatchSemaphore(value: 0)
    /// One entry when all that it said is in ``log``.
    private let endings = EventJournal<Bool>()
    /// The stand-ins it talks to: their ports are not free for others before it has ended, or it would log in there.
    private let peers: [any AnyObject & Sendable]

    /// The release binary that test.sh built; nil under a bare `swift test`, where these tests are skipped.
    static let binary = ProcessInfo.processInfo.environment["CLAWDTALK_TEST_BINARY"]

    /// - Parameter config: members of skill-config.json; nil writes no file.
    static func makeHome(_ config: [String: Any]?) throws -> URL {
        let home = FileManager.default.temporaryDirectory.appending(
            path: "ct home \(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        if let config {
            try JSONSerialization.data(withJSONObject: config).write(
                to: home.appending(path: "skill-config.json"))
        }
        return home
    }

    /// An environment in which nothing of this machine's own configuration is seen.
    static func environment(_ home: URL, _ more: [String: String] = [:]) -> [String: String] {
        // What scripts/sanitize.sh says to the sanitizers holds in the program too.
        let kept = ["PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"]
        return ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
            .merging(["HOME": home.path, "CLAWDTALK_HOME": home.path]) { $1 }
            .merging(more) { $1 }
    }

    /// - Parameters:
    ///   - program: another program in place of the binary.
    ///   - peers: what must outlive it.
    init(
        _ arguments: [String], home: URL, environment: [String: String] = [:], program: String? = nil,
        peers: [any AnyObject & Sendable] = []
    ) throws {
        self.home = home
        self.peers = peers
        process.executableURL = URL(filePath: program ?? Self.binary ?? "clawdtalk")
        process.arguments = arguments
        process.environment = Self.environment(home, environment)
        process.currentDirectoryURL = home
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let (log, exits, endings) = (log, exits, endings)
        process.terminationHandler = { [gone] in
            exits.append($0.terminationStatus)
            gone.signal()
        }
        try process.run()
        Thread.detachNewThread {
            var rest = ""
            while true {
                let data = output.fileHandleForReading.availableData
                rest += String(decoding: data, as: UTF8.self)
                var lines = rest.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                rest = lines.removeLast()
                lines.forEach { log.append($0) }
                if data.isEmpty { break }
            }
            endings.append(true)
        }
    }

    deinit {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        // Not `waitUntilExit`: without sources in its run loop it spins, and was seen to do so for ever.
        _ = gone.wait(timeout: .now() + 20)
    }

    var pid: Int32 { process.processIdentifier }
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    #if os(Linux)
        /// - Parameter limit: as prlimit(1) takes it, `soft:hard`.
        func limitDescriptors(to limit: String) async throws {
            let done = try await Self.run(
                ["--pid", "\(pid)", "--nofile=" + limit], home: home, program: "/usr/bin/prlimit")
            guard done.status == 0 else { throw CocoaError(.featureUnsupported) }
        }
    #endif

    /// The exit status, or nil when it goes on for longer.
    func exit(within limit: Duration = .seconds(40)) async -> Int32? {
        await exits.first(within: limit) { _ in true }
    }

    /// Runs a command to its end.
    static func run(
        _ arguments: [String], home: URL, environment: [String: String] = [:], program: String? = nil,
        within limit: Duration = .seconds(60)
    ) async throws -> (status: Int32?, output: [String]) {
        let process = try BridgeProcess(arguments, home: home, environment: environment, program: program)
        let status = await process.exit(within: limit)
        // The end of a process is known before its last words are read.
        if status != nil { _ = await process.endings.first(within: .seconds(10)) { _ in true } }
        return (status, process.log.entries)
    }
}
