import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import Testing

@testable import ClawdTalkCLI

@Suite("A spool in a folder")
final class FileSpoolTests {
    private let home = FileManager.default.temporaryDirectory.appending(path: "ct spool \(UUID().uuidString)")
        .path
    private var folder: String { home + "/spool/texts" }
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    deinit { try? FileManager.default.removeItem(atPath: home) }

    private var spool: SpoolFolder<TextEntry> { SpoolFolder(folder, log: log) }

    private func entry(_ number: Int, id: String? = "m", body: String = "x") -> TextEntry {
        let text = IncomingText(messageID: id, sender: "+1", body: body)
        return TextEntry(number: number, text: text, receivedAt: 5)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    }

    @Test("what is saved is loaded by the next process, in order; what is removed is gone")
    func roundTrip() throws {
        for number in [12, 3, 100_000_000] { try spool.save(entry(number)) }
        var changed = entry(3)
        changed.state = .answered(reply: "Да ✅")
        try spool.save(changed)
        spool.remove(12)
        #expect(spool.load() == [changed, entry(100_000_000)])
        #expect(try names == ["00000003.json", "100000000.json"])
    }

    @Test("for the owner only")
    func modes() throws {
        try spool.save(entry(1))
        try spool.save(entry(1, body: "y"))
        #expect(try mode(folder + "/00000001.json") == 0o600)
        #expect(try mode(folder) == 0o700 && mode(home + "/spool") == 0o700)
    }

    @Test(
        "no id becomes a name",
        arguments: ["../../x", "", "/etc/passwd", "a\0b", ".", String(repeating: "ä", count: 4096)])
    func hostileIDs(id: String) throws {
        try spool.save(entry(1, id: id))
        #expect(try names == ["00000001.json"] && spool.load() == [entry(1, id: id)])
        #expect(try FileManager.default.contentsOfDirectory(atPath: home) == ["spool"])
    }

    @Test(
        "a damaged file is set aside, whatever it is, and the others are worked on",
        arguments: ["", "{", "[]", "{\"number\":2}", "\u{0}\u{1}"])
    func damaged(text: String) throws {
        for number in 1...3 { try spool.save(entry(number)) }
        let path = folder + "/00000002.json"
        for count in 1...2 {
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            #expect(spool.load().map(\.number) == [1, 3])
            let aside = path + (count == 1 ? ".damaged" : ".damaged-2")
            #expect(try String(contentsOfFile: aside, encoding: .utf8) == text)
        }
        #expect(try names.count == 4)
    }

    @Test("a file under another's name is damaged too: it would be worked on twice")
    func copied() throws {
        try spool.save(entry(1))
        try FileManager.default.copyItem(atPath: folder + "/00000001.json", toPath: folder + "/00000009.json")
        #expect(spool.load() == [entry(1)])
    }

    @Test("what a killed process left half-written is cleared away")
    func temporary() throws {
        try spool.save(entry(1))
        try "half".write(toFile: folder + "/.00000002.json.clawdtalk.tmp", atomically: false, encoding: .utf8)
        #expect(try spool.load() == [entry(1)] && names == ["00000001.json"])
    }

    @Test("a folder that cannot be made is an error of each save, and nothing to load")
    func noFolder() throws {
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try "a file".write(toFile: home + "/spool", atomically: false, encoding: .utf8)
        #expect(throws: (any Error).self) { try spool.save(entry(1)) }
        #expect(spool.load().isEmpty)
    }
}
