import JSON5
import Storage
import Testing

@testable import OpenClaw

@Suite("gateway.md C3: $include")
struct IncludeReaderTests {
    private static func meaning(_ text: String) throws -> JSON5Value {
        try JSON5Document(parsing: text).root.meaning
    }

    @Test(
        "what is merged how",
        arguments: [
            ("{$include: 'a'}", ["a": "{x: 1}"], "{x: 1}"),
            ("{$include: 'a'}", ["a": "[1, 2]"], "[1, 2]"),
            ("{$include: 's/a'}", ["s/a": "{b: {$include: 'b'}}", "s/b": "7"], "{b: 7}"),
            ("{$include: '/h/.openclaw/a'}", ["a": "{x: 1}"], "{x: 1}"),
            ("{list: [{$include: 'a'}, 2]}", ["a": "1"], "{list: [1, 2]}"),
            // Beside other keys: those win, lists are joined, objects go deep.
            ("{$include: 'a', x: 2}", ["a": "{x: 1, y: 1}"], "{x: 2, y: 1}"),
            ("{x: {q: 2}, $include: 'a'}", ["a": "{x: {p: 1}}"], "{x: {p: 1, q: 2}}"),
            ("{$include: 'a', l: [2]}", ["a": "{l: [1]}"], "{l: [1, 2]}"),
            ("{$include: 'a', l: {}}", ["a": "{l: [1]}"], "{l: {}}"),
            ("{$include: 'a', x: null}", ["a": "{x: 1}"], "{x: null}"),
            // Several: from left to right.
            ("{$include: ['a', 'b']}", ["a": "{x: 1, l: [1]}", "b": "{x: 2, l: [2]}"], "{x: 2, l: [1, 2]}"),
            ("{$include: ['a', 'b'], x: 3}", ["a": "{x: 1}", "b": "{y: 2}"], "{x: 3, y: 2}"),
            ("{$include: ['a']}", ["a": "{x: 1}"], "{x: 1}"),
            ("{$include: []}", [:], "{}"),
            // The same file twice is no circle.
            ("{a: {$include: 'a'}, b: {$include: 'a'}}", ["a": "1"], "{a: 1, b: 1}"),
            // Keys that would change the objects of JavaScript are not merged.
            (
                "{$include: 'a', __proto__: {x: 1}, constructor: 1, prototype: 2, y: 3}", ["a": "{}"],
                "{y: 3}"
            ),
        ] as [(String, [String: String], String)])
    func merges(text: String, files: [String: String], expected: String) throws {
        #expect(try OpenClawSample(text, including: files).load().value == Self.meaning(expected))
    }

    @Test(
        "what OpenClaw refuses too",
        arguments: [
            ("{$include: 'a'}", [:], "which does not exist"),
            ("{$include: 'openclaw.json'}", [:], "it includes itself"),
            (
                "{$include: 'a'}", ["a": "{b: {$include: 'b'}}", "b": "[{$include: 'a'}]"],
                "it includes itself"
            ),
            ("{$include: '/h/x'}", ["/h/x": "1"], "which is outside its folder"),
            ("{$include: '/h/.openclaw-x/x'}", ["/h/.openclaw-x/x": "1"], "which is outside its folder"),
            ("{$include: 'a', x: 1}", ["a": "[1]"], "must hold an object"),
            ("{$include: 7}", [:], "neither a text nor a list of texts"),
            ("{$include: ['a', 7]}", ["a": "{}"], "neither a text nor a list of texts"),
            ("{$include: 'a'}", ["a": "{"], "line 1, column 2"),
        ] as [(String, [String: String], String)])
    func refuses(text: String, files: [String: String], problem: String) {
        #expect {
            try OpenClawSample(text, including: files).load()
        } throws: { ($0 as? ConfigurationFault)?.line.contains(problem) == true }
    }

    @Test("ten files deep is the limit", arguments: [(9, true), (10, false)])
    func depth(count: Int, isFine: Bool) throws {
        var files = ["f\(count)": "{x: 1}"]
        for number in 1..<count { files["f\(number)"] = "{$include: 'f\(number + 1)'}" }
        let sample = OpenClawSample("{$include: 'f1'}", including: files)
        if isFine {
            #expect(try sample.load().value == Self.meaning("{x: 1}"))
        } else {
            #expect(throws: ConfigurationFault.self) { try sample.load() }
        }
    }

    @Test("a file over 2 MiB is refused, one of exactly 2 MiB is not", arguments: [(0, true), (1, false)])
    func size(more: Int, isFine: Bool) throws {
        let large = "1" + String(repeating: " ", count: (2 << 20) - 1 + more)
        let sample = OpenClawSample("{x: {$include: 'a'}}", including: ["a": large])
        if isFine {
            #expect(try sample.load().value == Self.meaning("{x: 1}"))
        } else {
            #expect(throws: ConfigurationFault.self) { try sample.load() }
        }
    }

    @Test("OPENCLAW_INCLUDE_ROOTS names more folders")
    func roots() throws {
        var sample = OpenClawSample("{$include: '/etc/claw/a'}", including: ["/etc/claw/a": "{x: 1}"])
        #expect(throws: ConfigurationFault.self) { try sample.load() }
        sample.environment["OPENCLAW_INCLUDE_ROOTS"] = "/nowhere:/etc/claw"
        #expect(try sample.load().value == Self.meaning("{x: 1}"))
    }

    @Test("an included file with hard links is refused")
    func hardLinks() throws {
        var reader = IncludeReader(roots: ["/f"]) { path throws(StorageFailure) in
            var snapshot = FileSnapshot(
                path: path, bytes: Array((path == "/f/main" ? "{$include: 'a'}" : "1").utf8))
            snapshot.linkCount = 2
            return snapshot
        }
        #expect {
            try reader.load("/f/main")
        } throws: { ($0 as? ConfigurationFault)?.line.contains("hard links") == true }
    }
}
