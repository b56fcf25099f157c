import Testing

@testable import OpenClaw

@Suite("The file that owns gateway.tools.allow")
struct KeyOwnerTests {
    private static let path = ["gateway", "tools", "allow"]

    @Test(
        "through single includes, and where includes are merged",
        arguments: [
            ("{}", [:], "openclaw.json", path),
            ("{gateway: {$include: 'g'}}", ["g": "{}"], "g", ["tools", "allow"]),
            ("{$include: 'a'}", ["a": "{gateway: {tools: {$include: 't'}}}", "t": "{}"], "t", ["allow"]),
            ("{gateway: {tools: {allow: {$include: 'l'}}}}", ["l": "[]"], "l", []),
            // The including file owns what the others do not hold any deeper.
            ("{$include: 'a', gateway: {}}", ["a": "{gateway: {port: 1}}"], "openclaw.json", path),
            ("{$include: ['a', 'b']}", ["a": "{x: 1}", "b": "{}"], "openclaw.json", path),
            (
                "{$include: ['a'], gateway: {tools: {allow: []}}}", ["a": "{gateway: {tools: {allow: []}}}"],
                "openclaw.json", path
            ),
            ("{agents: {$include: 'a'}}", ["a": "{gateway: 1}"], "openclaw.json", path),
        ] as [(String, [String: String], String, [String])])
    func owns(text: String, files: [String: String], file: String, inner: [String]) throws {
        let owner = try OpenClawSample(text, including: files).load().owner(of: Self.path)
        #expect(owner.file == OpenClawSample.folder + "/" + file)
        #expect(owner.path == inner)
    }

    @Test(
        "spread over merged includes: nobody owns it alone",
        arguments: [
            ("{$include: 'a', x: 1}", ["a": "{gateway: {}}"]),
            ("{$include: ['a']}", ["a": "{gateway: {tools: {allow: []}}}"]),
            ("{$include: ['a', 'b']}", ["a": "{}", "b": "{gateway: {$include: 'c'}}", "c": "{tools: {}}"]),
            ("{$include: ['a'], gateway: {}}", ["a": "{gateway: {tools: {}}}"]),
        ] as [(String, [String: String])])
    func spread(text: String, files: [String: String]) throws {
        let configuration = try OpenClawSample(text, including: files).load()
        #expect(throws: PatchRefusal.spread(key: "gateway.tools.allow", path: OpenClawSample.path)) {
            try configuration.owner(of: Self.path)
        }
    }
}
