import Bridge
import ClawdTalkAPI
import Dispatch
import Foundation
import Logging
import Storage
import Testing
import Transport

@testable import ClawdTalkCLI

@Suite("Files are written off the loop")
struct LoopStorageTests {
    /// Holds its queue up until it is let go.
    private struct SlowDisk {
        let queue = StorageQueue(name: "test")
        private let gate = DispatchSemaphore(value: 0)

        init() { queue.perform { [gate] in gate.wait() } }

        func letGo() { gate.signal() }
    }

    private let disk = SlowDisk()
    private let home = FileManager.default.temporaryDirectory
        .appending(path: "ct storage \(UUID().uuidString)").path

    @Test(
        "while a disk does not answer the loop does other things; an entry is reported when it is on the disk"
    )
    func spool() async throws {
        defer { try? FileManager.default.removeItem(atPath: home) }
        let loop = try EventLoop(name: "test")
        let (events, feed) = AsyncStream.makeStream(of: String.self)
        let (disk, home) = (disk, home)
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await loop.run {
            let spool = FileSpool<TextEntry>(
                home, storage: LoopStorage(on: loop, queue: disk.queue), log: log)
            for number in 1...3 {
                let text = IncomingText(messageID: "m", sender: "+1", body: "x")
                spool.save(TextEntry(number: number, text: text, receivedAt: 5)) { result in
                    let isThere = FileManager.default.fileExists(atPath: home + "/0000000\(number).json")
                    if number == 3 { spool.remove(2) }
                    feed.yield("saved \(number) \((try? result.get()) != nil && isThere) \(loop.isCurrent)")
                }
            }
            loop.schedule(after: .zero) {
                feed.yield("a call is answered")
                disk.letGo()
            }
        }
        var seen: [String] = []
        for await event in events.prefix(4) { seen.append(event) }
        #expect(seen[0] == "a call is answered")
        #expect(Array(seen.dropFirst()) == (1...3).map { "saved \($0) true true" })
        disk.queue.wait()
        #expect(SpoolFolder<TextEntry>(home, log: log).load().map(\.number) == [1, 3])
        loop.stop()
    }

    @Test(
        "the end waits for the disk, and not for ever for one that does not answer", arguments: [true, false])
    func drain(answers: Bool) async throws {
        let loop = try EventLoop(name: "test")
        let (events, feed) = AsyncStream.makeStream(of: String.self)
        let disk = disk
        try await loop.run {
            let storage = LoopStorage(on: loop, queue: disk.queue)
            storage.perform({ answers ? "written" : "too late" }) { feed.yield($0) }
            storage.drain(within: answers ? .seconds(60) : .zero) {
                feed.yield("drained")
                if !answers { disk.letGo() }
            }
            if answers { disk.letGo() }
        }
        var seen: [String] = []
        for await event in events.prefix(2) { seen.append(event) }
        #expect(seen == (answers ? ["written", "drained"] : ["drained", "too late"]))
        loop.stop()
    }

    @Test("of a disk that hangs is told after ten seconds, not before, and when it is well again")
    func late() async throws {
        let loop = try EventLoop(name: "test")
        let (events, feed) = AsyncStream.makeStream(of: Bool.self)
        let disk = disk
        let isEarly = try await loop.run {
            let storage = LoopStorage(on: loop, queue: disk.queue, patience: .milliseconds(50))
            storage.onLate = { isLate in
                feed.yield(isLate && storage.lateness != nil)
                if isLate { disk.letGo() }
            }
            storage.perform({})
            return storage.lateness != nil
        }
        var seen: [Bool] = []
        for await event in events.prefix(2) { seen.append(event) }
        #expect(!isEarly && seen == [true, false])
        #expect(LoopStorage.usualPatience == .seconds(10))
        loop.stop()
    }
}
