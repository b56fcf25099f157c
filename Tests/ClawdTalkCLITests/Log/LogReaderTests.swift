import Foundation
import Testing

@testable import ClawdTalkCLI

@Suite("Reading a log over its rotations")
struct LogReaderTests {
    private let folder: URL
    private var path: String { folder.appending(path: "log").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ct log \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func write(_ text: String, to suffix: String = "") throws {
        try text.write(toFile: path + suffix, atomically: false, encoding: .utf8)
    }

    private func append(_ text: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    @Test("the last lines, also from older files")
    func latest() throws {
        try write("1\n2\n", to: ".2")
        try write("3\n4\n", to: ".1")
        try write("5\n6\n")
        for (count, expected) in [
            (1, ["6"]), (3, ["4", "5", "6"]), (9, ["1", "2", "3", "4", "5", "6"]), (0, []),
        ] {
            var reader = LogReader(path: path)
            #expect(reader.latest(count) == expected)
        }
    }

    @Test("what is written later, a line when its end is there, through a rotation")
    func follow() throws {
        try write("1\n")
        var reader = LogReader(path: path)
        #expect(reader.latest(10) == ["1"] && reader.new() == [])
        try append("2\n3 begins")
        #expect(reader.new() == ["2"])
        try append(" and ends\n4\n")
        rename(path, path + ".1")
        try write("5\n")
        #expect(reader.new() == ["3 begins and ends", "4", "5"] && reader.new() == [])
    }

    @Test("a log that comes into being later, and control characters from outside")
    func late() throws {
        var reader = LogReader(path: path)
        #expect(!reader.exists && reader.latest(5) == [] && reader.new() == [])
        try write("a\u{1B}[2Jb\n")
        #expect(reader.new() == [#"a\u{1B}[2Jb"#] && reader.exists)
    }
}
