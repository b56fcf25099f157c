import Foundation
import Synchronization
import Testing

@testable import Storage

/// NFS without locks, FUSE, a folder that host and container share: flock(2) fails, or excludes nobody.
@Suite("A file system without locks: what is reported as written is there")
struct LocklessReplacementTests {
    let folder: ScratchFolder
    init() throws { folder = try ScratchFolder() }

    private static func failing(_ number: Int32) -> Int32 {
        errno = number
        return -1
    }

    private static var lockless: FileSystem {
        var system = FileSystem()
        system.lock = { _, _ in failing(ENOLCK) }
        return system
    }

    private func replacement(_ path: String) throws -> FileReplacement {
        let snapshot = try #require(try FileSnapshot.read(path))
        var replacement = FileReplacement(of: path, expecting: .unchanged(snapshot))
        replacement.system = Self.lockless
        return replacement
    }

    /// A text that shows whether it is whole: its lines, and how many they are.
    private static func text(_ lines: [String]) -> [UInt8] {
        let rest = [String(repeating: "x", count: 40_000), "\(lines.count)"]
        return Array((lines + [""] + rest).joined(separator: "\n").utf8)
    }

    private static func lines(_ bytes: [UInt8]) -> [String]? {
        let text = String(decoding: bytes, as: UTF8.self)
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard all.count >= 3, all.last.flatMap({ Int($0) }) == all.count - 3,
            all[all.count - 2].count == 40_000
        else { return nil }
        return all.dropLast(3).map(String.init)
    }

    private static func isWritten(_ replacement: FileReplacement, _ lines: [String]) -> Bool {
        do throws(StorageFailure) {
            try replacement.write(text(lines))
            return true
        } catch {
            #expect(error.reason == .changed)
            return false
        }
    }

    /// Many threads add a line each time to what they read. - Returns: the lines reported as written.
    private func race(_ path: String, _ system: FileSystem) -> [String] {
        let written = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { writer in
            for number in 0..<25 {
                guard let snapshot = try? FileSnapshot.read(path) else { continue }
                guard let lines = Self.lines(snapshot.bytes) else {
                    Issue.record("\(snapshot.bytes.count) bytes that nobody wrote")
                    return
                }
                var replacement = FileReplacement(of: path, expecting: .unchanged(snapshot))
                replacement.system = system
                let line = "\(writer)-\(number)"
                if Self.isWritten(replacement, lines + [line]) { written.withLock { $0.append(line) } }
            }
        }
        return written.withLock { $0 }
    }

    @Test("many writers at once: the file is always whole, and has each line that was reported as written")
    func threads() throws {
        let path = folder.path + "/a"
        try Data(Self.text([])).write(to: URL(filePath: path))
        let written = race(path, Self.lockless)
        let lines = try #require(Self.lines(Array(try Data(contentsOf: URL(filePath: path)))))
        #expect(Set(written).isSubset(of: lines) && Set(lines).count == lines.count && !written.isEmpty)
        #expect(try folder.names == ["a"])
    }

    @Test("many writers at once where files cannot be swapped: the file is always whole")
    func threadsWithoutSwap() throws {
        let path = folder.path + "/a"
        try Data(Self.text([])).write(to: URL(filePath: path))
        var system = Self.lockless
        system.exchange = { _, _ in Self.failing(EINVAL) }
        let written = race(path, system)
        let lines = try #require(Self.lines(Array(try Data(contentsOf: URL(filePath: path)))))
        #expect(Set(lines).isSubset(of: written) && !written.isEmpty)
        #expect(try folder.names == ["a"])
    }

    @Test("many processes at once: the file has each line that was reported as written, once")
    func processes() throws {
        let path = try folder.file("a", "")
        let victim = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "ReplacementVictim")
        let processes = try (0..<4).map { name in
            let process = Process()
            process.executableURL = victim
            process.arguments = ["race", path, "\(name)", "20"]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            return process
        }
        for process in processes {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let lines = try folder.text("a").split(separator: "\n")
        #expect(lines.count == 80 && Set(lines).count == 80)
        #expect(try folder.names == ["a"])
    }

    @Test(
        "of many who make a file that is not there one does, and it is that one's", arguments: [true, false])
    func absent(canExclude: Bool) throws {
        var system = Self.lockless
        if !canExclude { system.renameWithoutReplacing = { _, _ in Self.failing(EINVAL) } }
        for round in 0..<10 {
            let path = folder.path + "/\(round)"
            let winners = Mutex<[Int]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { [system] writer in
                var replacement = FileReplacement(of: path, expecting: .absent)
                replacement.system = system
                if Self.isWritten(replacement, ["\(writer)"]) { winners.withLock { $0.append(writer) } }
            }
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            #expect(Self.lines(bytes) == winners.withLock { $0.map(String.init) })
        }
        #expect(try folder.names.count == 10)
    }

    @Test("where neither an exclusive rename nor a link is known a file can be made all the same")
    func noLinks() throws {
        let path = folder.path + "/a"
        var replacement = FileReplacement(of: path, expecting: .absent)
        replacement.system.renameWithoutReplacing = { _, _ in Self.failing(EINVAL) }
        replacement.system.link = { _, _ in Self.failing(EPERM) }
        try replacement.write(Array("new".utf8))
        #expect(try folder.text("a") == "new" && folder.names == ["a"])
    }

    // MARK: the last moment

    private func renamed(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder.path + "/a"), options: .atomic)
    }

    @Test(
        "a change between the last look and the step is put back, whether it is a new file or the old one",
        arguments: [true, false])
    func lastMoment(isRenamed: Bool) throws {
        let path = try folder.file("a", "old")
        var replacement = try replacement(path)
        replacement.onStep = { step in
            guard step == .compared else { return }
            if isRenamed { try? renamed("theirs") } else { _ = try? folder.file("a", "theirs") }
        }
        #expect(throws: StorageFailure(path, .changed)) { try replacement.write(Array("ours".utf8)) }
        #expect(try folder.text("a") == "theirs" && folder.names == ["a"])
    }

    @Test("a new file with the old bytes is another file, for its mode may be another")
    func sameBytes() throws {
        let path = try folder.file("a", "old", mode: 0o644)
        var replacement = try replacement(path)
        replacement.onStep = { step in
            guard step == .synced else { return }
            try? renamed("old")
            chmod(path, 0o640)
        }
        #expect(throws: StorageFailure(path, .changed)) { try replacement.write(Array("ours".utf8)) }
        #expect(try folder.text("a") == "old" && folder.names == ["a"])
    }

    /// Counts the swaps, and does something right before one of them.
    private func write(meanwhile: [Int: @Sendable () -> Void]) throws {
        let path = folder.path + "/a"
        var replacement = try replacement(path)
        let count = Mutex(0)
        replacement.system.exchange = { first, second in
            let number = count.withLock {
                $0 += 1
                return $0
            }
            meanwhile[number]?()
            return FileSystem.exchange(first, second)
        }
        #expect(throws: StorageFailure(path, .changed)) { try replacement.write(Array("ours".utf8)) }
    }

    @Test("a third writer that comes while a change is put back is the last one, and stays")
    func third() throws {
        let path = try folder.file("a", "old")
        let put: @Sendable (String) -> Void = { text in
            try? Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        }
        try write(meanwhile: [1: { put("theirs") }, 2: { put("newest") }])
        #expect(try folder.text("a") == "newest" && folder.names == ["a"])
    }

    @Test("another writer's file is not thrown away with ours when the name is gone meanwhile")
    func gone() throws {
        let path = try folder.file("a", "old")
        try write(meanwhile: [
            1: { try? Data("theirs".utf8).write(to: URL(filePath: path), options: .atomic) },
            2: { unlink(path) },
        ])
        #expect(try folder.text("a") == "theirs" && folder.names == ["a"])
    }

    @Test("a file that goes in the last moment stays away")
    func removed() throws {
        let path = try folder.file("a", "old")
        try write(meanwhile: [1: { unlink(path) }])
        #expect(try folder.names.isEmpty)
    }
}
