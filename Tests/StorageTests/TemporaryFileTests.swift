import Foundation
import Testing

@testable import Storage

@Suite("What killed writers left is taken away, and nothing of a living one")
struct TemporaryFileTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func name(_ target: String = "a") -> String {
        (TemporaryFile.path(for: folder.path + "/" + target) as NSString).lastPathComponent
    }

    /// The number of a process that has ended.
    private static func deadProcess() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["true"]
        try process.run()
        process.waitUntilExit()
        return process.processIdentifier
    }

    private func leave(_ name: String) throws { _ = try folder.file(name, "half") }

    @Test("names are read as they are made, also of long names and names with dots and hyphens")
    func names() throws {
        for target in ["a", "a.b-c.json", ".hidden", String(repeating: "é", count: 120)] {
            let name = name(target)
            let file = try #require(TemporaryFile(name: name))
            #expect(file.process == getpid() && abs(file.createdAt - Int(time(nil))) < 100)
            #expect(name.utf8.count < 256 && name.hasPrefix(".") && name.hasSuffix(".clawdtalk.tmp"))
        }
        #expect(name() != name())
    }

    @Test(
        "names of others are not ours",
        arguments: [
            "a.clawdtalk.tmp", ".a.clawdtalk.tmp", ".a.tmp", ".a.1-2-3.clawdtalk.tmp",
            ".a.x-0-3-4.clawdtalk.tmp", ".a.1-0-x-4.clawdtalk.tmp", ".clawdtalk.tmp",
        ])
    func others(name: String) { #expect(TemporaryFile(name: name) == nil) }

    @Test("of a dead process it goes, of a living one and of another machine's it stays")
    func leftOvers() throws {
        let own = name()
        let dead = own.replacingOccurrences(of: "-\(getpid())-", with: "-\(try Self.deadProcess())-")
        let elsewhere = dead.replacing(/-[0-9a-f]+-/, with: "-1234-", maxReplacements: 1)
        let others = [own, elsewhere, ".a.clawdtalk.tmp", "mine.clawdtalk.tmp", ".a.swp"]
        for name in others + [dead] { try leave(name) }
        TemporaryFile.removeLeftOvers(in: folder.path)
        #expect(try Set(folder.names) == Set(others))
    }

    @Test("an old name alone proves nothing: the clocks of two machines differ")
    func oldName() throws {
        let old = ".a.\(String(Int(time(nil)) - 7_200, radix: 16))-1234-1-1.clawdtalk.tmp"
        try leave(old)
        TemporaryFile.removeLeftOvers(in: folder.path)
        #expect(try folder.names == [old])
    }

    @Test("a second name that link(2) made for a writer that was killed then is no hard link of the user's")
    func link() throws {
        let path = try folder.file("a", "old")
        try FileManager.default.linkItem(atPath: path, toPath: folder.path + "/" + name())
        let snapshot = try #require(try FileSnapshot.read(path))
        try FileReplacement(of: path, expecting: .unchanged(snapshot)).write(Array("new".utf8))
        #expect(try folder.text("a") == "new")
    }
}
