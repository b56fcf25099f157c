import Foundation

/// A server that somebody else wrote, in a process of its own; it ends with this object.
final class ServerProcess: @unchecked Sendable {
    // Proof: nothing changes after `init`; Process.terminate is thread-safe.
    private let process = Process()
    private let input = Pipe()
    private let firstLine: String
    var line: String { firstLine }

    /// Where test.sh has put a Python with the `websockets` package; nil under a bare `swift test`.
    static let python = ProcessInfo.processInfo.environment["CLAWDTALK_TEST_PYTHON"]

    /// Starts a program and waits for the first line that contains `mark` on either output.
    init(_ executable: String, _ arguments: [String], until mark: String = "") throws {
        let output = Pipe()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        var text = ""
        var found: String?
        while found == nil {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure.ended(text) }
            text += String(decoding: data, as: UTF8.self)
            found = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .first { mark.isEmpty || $0.contains(mark) }.map(String.init)
        }
        firstLine = found ?? ""
    }

    enum Failure: Error { case ended(String) }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
    }

    func kill() { process.terminate() }

    var port: Int { Int(firstLine) ?? 0 }

    /// One of the Python servers beside this file.
    static func script(_ name: String, _ arguments: [String] = []) throws -> ServerProcess {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Servers/\(name)")
            .path
        return try ServerProcess(python ?? "/usr/bin/python3", [path] + arguments)
    }
}
