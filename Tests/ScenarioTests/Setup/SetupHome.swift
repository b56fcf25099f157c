import Foundation
import Simulator
import Testing

/// A user's home folder, with OpenClaw's configuration in it, for one test. CLAWDTALK_HOME lies in it, with a blank in
/// its name.
final class SetupHome: Sendable {
    let path: String
    /// CLAWDTALK_HOME.
    let clawdTalk: String
    /// The key in the file that ``keyFlags`` names.
    static let key = "cc_test_0123456789abcdef"

    /// Plays at the terminal (terminal.py); nil under a bare `swift test`.
    static let python = ProcessInfo.processInfo.environment["CLAWDTALK_TEST_PYTHON"]

    static let configuration = ".openclaw/openclaw.json"

    init() throws {
        let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "setup-\(UUID().uuidString.prefix(8))")
        (path, clawdTalk) = (url.path, url.path + "/claw talk")
        try FileManager.default.createDirectory(
            atPath: path + "/.openclaw", withIntermediateDirectories: true)
        try write("api-key", Self.key + "\n")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What answers the one question without a default.
    var keyFlags: [String] { ["--api-key-file", path + "/api-key"] }

    // MARK: files, by their paths from the home folder

    func full(_ name: String) -> String { name.hasPrefix("/") ? name : path + "/" + name }

    func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
        let path = full(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: full(name))), as: UTF8.self)
    }

    func mode(_ name: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: full(name))[.posixPermissions] as? Int)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: full(name)) }

    /// Everything below a folder, sorted.
    func names(_ folder: String = "") throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: full(folder)).sorted()
    }

    /// The names of setup's copies of what it changed.
    func backups() throws -> [String] { try names().filter { $0.hasSuffix(".bak") } }

    /// Every file with what is in it and when it was changed, to see that nothing was.
    func picture() throws -> [String: [String]] {
        var picture: [String: [String]] = [:]
        for name in try names() {
            var info = stat()
            guard lstat(full(name), &info) == 0, info.st_mode & S_IFMT != S_IFDIR else { continue }
            let time = info.st_mtim
            picture[name] = [
                (try? text(name)) ?? "", "\(info.st_ino) \(time.tv_sec).\(time.tv_nsec)",
                "\(info.st_mode) \(info.st_uid):\(info.st_gid)",
            ]
        }
        return picture
    }

    // MARK: commands

    func run(
        _ arguments: [String], environment: [String: String] = [:], input: String = "",
        program: [String] = [], folder: String? = nil
    ) async throws -> CommandRun {
        let words = program + [BridgeProcess.binary ?? "clawdtalk"] + arguments
        let own = ["CLAWDTALK_HOME": clawdTalk].merging(environment) { $1 }
        return try await CommandRun.run(
            words, environment: BridgeProcess.environment(URL(filePath: path), own), input: input,
            folder: folder ?? path)
    }

    /// `setup` that takes every default and asks nothing of the network.
    func setUp(_ more: [String] = [], environment: [String: String] = [:]) async throws -> CommandRun {
        try await run(["setup", "--offline", "--yes"] + keyFlags + more, environment: environment)
    }
}

#if canImport(Darwin)
    extension stat {
        fileprivate var st_mtim: timespec { st_mtimespec }
    }
#endif
