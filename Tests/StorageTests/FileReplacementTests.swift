import Foundation
import Testing

@testable import Storage

@Suite("A file is replaced as a whole or not at all")
struct FileReplacementTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private func replace(_ path: String, by text: String, backup: String? = nil) throws {
        let snapshot = try #require(try FileSnapshot.read(path))
        var replacement = FileReplacement(of: path, expecting: .unchanged(snapshot))
        replacement.backupPath = backup
        try replacement.write(Array(text.utf8))
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test(
        "the mode stays, the old bytes are kept for the owner only", arguments: [0o600, 0o644, 0o660, 0o4755])
    func modes(expected: Int) throws {
        let path = try folder.file("a.json", "old", mode: expected)
        try replace(path, by: "new", backup: path + ".old")
        #expect(try folder.text("a.json") == "new")
        #expect(try mode(path) == expected)
        #expect(try folder.text("a.json.old") == "old")
        #expect(try mode(path + ".old") == 0o600)
        #expect(try folder.names == ["a.json", "a.json.old"])
    }

    @Test("an older backup stays")
    func backups() throws {
        let path = try folder.file("a", "1")
        try replace(path, by: "2", backup: path + ".old")
        try replace(path, by: "3", backup: path + ".old")
        #expect(try folder.text("a.old") == "1")
        #expect(try folder.text("a.old-2") == "2")
    }

    @Test("a symbolic link stays one, and what it names is replaced")
    func links() throws {
        let other = try ScratchFolder()
        let target = try other.file("real", "old")
        let link = folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        try replace(link, by: "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
        #expect(try other.text("real") == "new")
    }

    #if os(Linux)
        @Test("owner and group stay", .enabled(if: geteuid() == 0))
        func owners() throws {
            let path = try folder.file("a", "old", mode: 0o640)
            #expect(chown(path, 1234, 4321) == 0)
            try replace(path, by: "new", backup: path + ".old")
            var info = stat()
            #expect(stat(path, &info) == 0 && info.st_uid == 1234 && info.st_gid == 4321)
            #expect(try mode(path) == 0o640)
            #expect(stat(path + ".old", &info) == 0 && info.st_uid == 1234)
        }

        @Test("extended attributes and the access list stay", .enabled(if: Self.hasAttributes))
        func attributes() throws {
            let path = try folder.file("a", "old")
            #expect(try run("setfattr", "-n", "user.note", "-v", "kept", path) == 0)
            #expect(try run("setfacl", "-m", "u:1234:r", path) == 0)
            let before = try Self.listing(path)
            try replace(path, by: "new")
            #expect(try Self.listing(path) == before)
        }

        static let hasAttributes = {
            guard let folder = try? ScratchFolder(), let path = try? folder.file("a", "") else {
                return false
            }
            return (try? run("setfattr", "-n", "user.x", "-v", "y", path)) == 0
                && (try? run("setfacl", "-m", "u:1:r", path)) == 0
        }()

        private static func listing(_ path: String) throws -> String {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["getfattr", "-d", "-m", "-", "--absolute-names", path]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: data, as: UTF8.self)
        }

        @Test("an immutable file is refused", .enabled(if: geteuid() == 0))
        func immutable() throws {
            let path = try folder.file("a", "old")
            guard try run("chattr", "+i", path) == 0 else { return }
            defer { _ = try? run("chattr", "-i", path) }
            #expect(throws: StorageFailure(path, .immutable)) { try replace(path, by: "new") }
        }
    #endif

    @Test("read-only files, hard links and folders are refused")
    func refusals() throws {
        let readOnly = try folder.file("a", "old", mode: 0o444)
        #expect(throws: StorageFailure(readOnly, .readOnly)) { try replace(readOnly, by: "new") }
        let linked = try folder.file("b", "old")
        try FileManager.default.linkItem(atPath: linked, toPath: folder.path + "/c")
        #expect(throws: StorageFailure(linked, .hardLinks(2))) { try replace(linked, by: "new") }
        #expect(throws: StorageFailure(folder.path, .notRegular)) { try FileSnapshot.read(folder.path) }
        #expect(try folder.names == ["a", "b", "c"])
    }

    @Test("a file that was changed since it was read is not replaced, also in the last moment")
    func changed() throws {
        let path = try folder.file("a", "old")
        let snapshot = try #require(try FileSnapshot.read(path))
        for moment in [FileReplacement.Step.locked, .synced] {
            var replacement = FileReplacement(of: path, expecting: .unchanged(snapshot))
            replacement.onStep = { step in
                if step == moment { _ = try? folder.file("a", "theirs") }
            }
            #expect(throws: StorageFailure(path, .changed)) { try replacement.write(Array("ours".utf8)) }
            #expect(try folder.text("a") == "theirs")
            #expect(try folder.names == ["a"])
            _ = try folder.file("a", "old")
        }
    }

    @Test("a file that is to be new is for its owner only, and never takes another's place")
    func absent() throws {
        let path = folder.path + "/a"
        try FileReplacement(of: path, expecting: .absent).write(Array("new".utf8))
        #expect(try mode(path) == 0o600)
        #expect(throws: StorageFailure(path, .changed)) {
            try FileReplacement(of: path, expecting: .absent).write(Array("newer".utf8))
        }
        #expect(try folder.text("a") == "new")
    }

    @Test(
        "whenever the process is killed, the old or the new file is there",
        arguments: FileReplacement.Step.allCases)
    func killed(step: FileReplacement.Step) throws {
        let old = String(repeating: "x", count: 100_000)
        let path = try folder.file("a", old, mode: 0o640)
        let victim = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "ReplacementVictim").path
        #expect(try run(victim, path, path + ".old", "\(step)") == 128 + SIGKILL)
        let isNew = step == .renamed || step == .finished
        #expect(try folder.text("a") == old + (isNew ? "new" : ""))
        #expect(try mode(path) == 0o640)
        // What the dead one left behind is in nobody's way.
        #expect(try run(victim, path, path + ".old", "none") == 0)
        #expect(try folder.text("a").hasSuffix("new"))
        #expect(try !folder.names.contains { $0.hasSuffix(".tmp") })
    }
}
