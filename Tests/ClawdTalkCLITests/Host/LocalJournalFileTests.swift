import Foundation
import Testing

@testable import ClawdTalkCLI

@Suite("The journal's file")
struct LocalJournalFileTests {
    /// What a disk has room for, write after write; nil for a failure.
    private final class Disk {
        var room: [Int?] = []

        func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
            guard !room.isEmpty else { return Foundation.write(descriptor, bytes, bytes.count) }
            guard let count = room.removeFirst() else { return -1 }
            return Foundation.write(descriptor, bytes, min(count, bytes.count))
        }
    }

    @Test(
        "a disk that is full for a while loses and tears nothing",
        arguments: [[nil], [0], [3], [nil, 2], [1, nil, 4]] as [[Int?]])
    func fullDisk(room: [Int?]) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let disk = Disk()
        let file = LocalJournalFile(path) { disk.write($0, $1) }
        file.replace(with: Array("first\n".utf8))
        disk.room = room
        for word in ["second\n", "third\n", "fourth\n", "fifth\n"] { file.append(Array(word.utf8)) }
        #expect(file.read() == Array("first\nsecond\nthird\nfourth\nfifth\n".utf8))
    }
}
