import Foundation
import Testing

@testable import ClawdTalkCLI

@Suite("What a release archive may hold")
final class ReleaseArchiveTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "ct archive \(UUID().uuidString.prefix(8))").path

    init() throws {
        try FileManager.default.createDirectory(
            atPath: folder + "/ct-1/scripts", withIntermediateDirectories: true)
        for name in ["clawdtalk", "connect.sh", "scripts/prepare.sh"] {
            try name.write(toFile: folder + "/ct-1/" + name, atomically: true, encoding: .utf8)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func unpack(_ names: String...) async throws -> PackageFolder {
        let run = try await ChildProcess.run("tar", ["-C", folder, "-Pczf", folder + "/a.tar.gz"] + names)
        try #require(run.status == 0, "\(run.errors)")
        return try await ReleaseArchive(path: folder + "/a.tar.gz").unpack(into: folder + "/out")
    }

    @Test("the package in its one folder, its program last")
    func good() async throws {
        let package = try await unpack("ct-1")
        #expect(package.path == folder + "/out/ct-1")
        #expect(try package.files() == ["connect.sh", "scripts/prepare.sh", "clawdtalk"])
    }

    @Test("links, absolute names and a second folder are refused before anything is unpacked")
    func hostile() async throws {
        let files = FileManager.default
        try files.createSymbolicLink(atPath: folder + "/ct-1/link", withDestinationPath: "/etc")
        await #expect(throws: CommandFailure.self) { try await unpack("ct-1") }
        try files.removeItem(atPath: folder + "/ct-1/link")
        try files.linkItem(atPath: folder + "/ct-1/clawdtalk", toPath: folder + "/ct-1/twin")
        await #expect(throws: CommandFailure.self) { try await unpack("ct-1") }
        try files.removeItem(atPath: folder + "/ct-1/twin")
        try files.createDirectory(atPath: folder + "/ct-2", withIntermediateDirectories: true)
        await #expect(throws: CommandFailure.self) { try await unpack("ct-1", "ct-2") }
        await #expect(throws: CommandFailure.self) { try await unpack(folder + "/ct-1") }
        await #expect(throws: CommandFailure.self) {
            try await unpack("ct-1", "../\((folder as NSString).lastPathComponent)/ct-1")
        }
        #expect(!files.fileExists(atPath: folder + "/out"))
        #expect(try await unpack("ct-1").path == folder + "/out/ct-1")
    }

    @Test("what is no archive, or has no program")
    func strange() async throws {
        try "no archive".write(toFile: folder + "/b.tar.gz", atomically: true, encoding: .utf8)
        await #expect(throws: CommandFailure.self) {
            try await ReleaseArchive(path: folder + "/b.tar.gz").unpack(into: folder + "/out")
        }
        try FileManager.default.removeItem(atPath: folder + "/ct-1/clawdtalk")
        await #expect(throws: CommandFailure.self) { try await unpack("ct-1") }
    }

    @Test(
        "names that lead elsewhere, or are the user's",
        arguments: [
            [], ["/x/clawdtalk"], ["x/../y"], ["..", "x"], ["x/a", "y/a"], ["x/skill-config.json"],
            ["x/.env"],
            ["x/calls/1.jsonl"], ["x/spool/texts/1.json"], ["x/clawdtalk.previous/clawdtalk"], [#"x/a\nb"#],
        ])
    func names(names: [String]) { #expect(ReleaseArchive.topFolder(names) == nil) }

    @Test("names that are good")
    func goodNames() {
        #expect(ReleaseArchive.topFolder(["x/", "x/clawdtalk", "./x/docs/update.md"]) == "x")
    }
}
