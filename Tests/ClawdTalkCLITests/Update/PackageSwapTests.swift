import Foundation
import Testing

@testable import ClawdTalkCLI

@Suite("One package in place of another")
final class PackageSwapTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "ct swap \(UUID().uuidString.prefix(8))").path
    private var package: PackageFolder { PackageFolder(path: folder) }
    private var new: PackageFolder { PackageFolder(path: folder + "/.update/new") }
    private var swap: PackageSwap { PackageSwap(package: package, scratch: folder + "/.update") }

    private let note = UnfinishedUpdate(hadBridge: true, wasConnected: false)

    init() throws {
        for (name, text) in [
            "clawdtalk": "old", "connect.sh": "old", "skill-config.json": "mine", "calls/1.jsonl": "mine",
            ".update/new/clawdtalk": "new", ".update/new/connect.sh": "new", ".update/new/docs/x.md": "new",
        ] { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ name: String, _ text: String) throws {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func text(_ name: String) -> String? {
        try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    @Test("its files are the new ones, the old ones are kept, what is the user's stays")
    func put() throws {
        try swap.put(new, note)
        #expect(text("clawdtalk") == "new" && text("connect.sh") == "new" && text("docs/x.md") == "new")
        #expect(
            text("clawdtalk.previous/clawdtalk") == "old" && text("clawdtalk.previous/connect.sh") == "old")
        #expect(text("skill-config.json") == "mine" && text("calls/1.jsonl") == "mine")
    }

    @Test("undone: the old files, and none of those that only the new one had")
    func undo() throws {
        let names = try new.files()
        try swap.put(new, note)
        try swap.undo(names)
        #expect(text("clawdtalk") == "old" && text("connect.sh") == "old" && text("docs/x.md") == nil)
        #expect(text("clawdtalk.previous/clawdtalk") == "old" && text("skill-config.json") == "mine")
        #expect(swap.unfinished == nil)
    }

    @Test("left before its end: the mark says what to undo, in the midst of the moving too")
    func unfinished() throws {
        let names = try new.files()
        try swap.put(new, note)
        #expect(swap.unfinished?.files == names && swap.unfinished?.hadBridge == true)
        try FileManager.default.removeItem(atPath: folder + "/docs/x.md")
        try swap.undo(names)
        #expect(text("clawdtalk") == "old" && text("connect.sh") == "old" && swap.unfinished == nil)
        try write(".update/new/clawdtalk", "new")
        try swap.put(new, note)
        swap.finish()
        #expect(text("clawdtalk") == "new" && swap.unfinished == nil)
    }

    @Test("the same only when every file is")
    func holds() throws {
        #expect(try !package.holds(new))
        for name in ["clawdtalk", "connect.sh"] { try write(name, "new") }
        #expect(try !package.holds(new))
        try write("docs/x.md", "new")
        #expect(try package.holds(new))
        try write("connect.sh", "old")
        #expect(try !package.holds(new))
    }

    @Test("a file that cannot be replaced puts everything back")
    func blocked() throws {
        try FileManager.default.removeItem(atPath: folder + "/connect.sh")
        // A folder in the place of a file.
        try write("docs/x.md/inside", "mine")
        #expect(throws: CommandFailure.self) { try swap.put(new, note) }
        #expect(text("clawdtalk") == "old" && text("connect.sh") == nil && text("docs/x.md/inside") == "mine")
    }
}
