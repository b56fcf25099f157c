import Foundation
import Testing

/// The real program as an unpacked release archive, in the CLAWDTALK_HOME of a stage.
final class InstalledPackage: Sendable {
    let stage: Stage
    var folder: String { stage.home.path }
    var program: String { folder + "/clawdtalk" }
    private let archives: String

    init(_ stage: Stage) throws {
        self.stage = stage
        archives = stage.home.path + "-archives"
        try FileManager.default.copyItem(atPath: try #require(BridgeProcess.binary), toPath: program)
        try write("connect.sh", "old")
    }

    deinit {
        for path in [folder, archives] { try? FileManager.default.removeItem(atPath: path) }
    }

    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + name) }

    func run(_ arguments: String...) async throws -> (status: Int32?, output: [String]) {
        let run = try await CommandRun.run(
            [program] + arguments, environment: BridgeProcess.environment(stage.home, stage.environment),
            folder: folder)
        return (run.status, run.said.split(separator: "\n").map(String.init))
    }

    /// The process id of the bridge, when it is connected.
    func connectedBridge() async throws -> Int? {
        let status = try await run("status", "--json")
        let report =
            try JSONSerialization.jsonObject(with: Data(status.output.joined().utf8)) as? [String: Any]
        return status.status == 0 ? report?["pid"] as? Int : nil
    }

    /// Makes an archive of another version and the list of its sum.
    /// - Parameter program: a shell script that stands in for it, with `$REAL` for the real program; nil takes the real
    ///   one in another build.
    /// - Returns: its path.
    func archive(program script: String?) async throws -> String {
        let package = archives + "/clawdtalk-9.9.9"
        try FileManager.default.createDirectory(atPath: package, withIntermediateDirectories: true)
        let real = try #require(BridgeProcess.binary)
        if let script {
            try "#!/bin/bash\nREAL='\(real)'\n\(script)\n".write(
                toFile: package + "/clawdtalk", atomically: true, encoding: .utf8)
        } else {
            try FileManager.default.copyItem(atPath: real, toPath: package + "/clawdtalk")
            // Behind the end nobody looks.
            let file = try #require(FileHandle(forWritingAtPath: package + "/clawdtalk"))
            try file.seekToEnd()
            try file.write(contentsOf: Data("another build".utf8))
            try file.close()
        }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: package + "/clawdtalk")
        try "new".write(toFile: package + "/connect.sh", atomically: true, encoding: .utf8)
        let made = try await CommandRun.run(
            [
                "bash", "-c",
                "tar -cf - clawdtalk-9.9.9 | gzip -1 >a.tar.gz && sha256sum a.tar.gz >SHA256SUMS",
            ],
            folder: archives)
        try #require(made.status == 0, "\(made.errors)")
        return archives + "/a.tar.gz"
    }
}
