import Foundation

/// A program that was run to its end, with its two outputs apart.
struct CommandRun: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// Both outputs.
    var said: String { output + errors }

    /// Standard output as the one JSON document that it must be.
    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }

    /// - Parameter words: the program, found in PATH, and its arguments.
    static func run(
        _ words: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        input: String = "", folder: String? = nil
    ) async throws -> CommandRun {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = environment
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        // Files, because nobody has to read them while the program runs.
        let names = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try Data(input.utf8).write(to: names[0])
        for name in names[1...] { try Data().write(to: name) }
        let files =
            try [FileHandle(forReadingFrom: names[0])] + names[1...].map(FileHandle.init(forWritingTo:))
        (process.standardInput, process.standardOutput, process.standardError) = (
            files[0], files[1], files[2]
        )
        let status = try await withCheckedThrowingContinuation {
            (result: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = {
                let isKilled = $0.terminationReason == .uncaughtSignal
                result.resume(returning: $0.terminationStatus + (isKilled ? 128 : 0))
            }
            do { try process.run() } catch { result.resume(throwing: error) }
            // The program has its own; hundreds run at once.
            for file in files { try? file.close() }
        }
        func text(_ url: URL) throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }
        return CommandRun(status: status, output: try text(names[1]), errors: try text(names[2]))
    }
}
