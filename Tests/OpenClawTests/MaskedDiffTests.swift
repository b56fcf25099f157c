import JSON5
import Testing

@testable import OpenClaw

@Suite("What a change looks like: no secret in it")
struct MaskedDiffTests {
    private static func diff(_ before: String, _ after: String) throws -> [String] {
        MaskedDiff.lines(
            from: try JSON5Document(parsing: before), to: try JSON5Document(parsing: after))
    }

    private static func patched(_ text: String) throws -> [String] {
        let before = try JSON5Document(parsing: text)
        let change = JSON5Change.append(.string("sessions_send"), to: ["gateway", "tools", "allow"])
        return MaskedDiff.lines(from: before, to: try before.applying(change))
    }

    @Test(
        "a secret is shown neither in lines that change nor beside them",
        arguments: [
            "{gateway: {auth: {token: 'hush'}}}", #"{"gateway":{"auth":{"token":"hush"}},"z":1}"#,
            "{\n  gateway: {\n    token: 'hush',\n    tools: {allow: []},\n  },\n}",
            "{\n  gateway: {\n    password: \"hush\"\n  }\n}", "{apiKey: 'hush', gateway: {}}",
            "{env: {MY_SECRET: 'hush'}, gateway: {}}", "{keys: ['hush', {a: 'hush'}], gateway: {}}",
            "{token: {source: 'env', id: 'hush'}, gateway: {}}", "{'\\u0074oken': 'hush', gateway: {}}",
            "{TOKEN: 'hu\\\nsh', hush_: 0, gateway: {}}".replacing("hush_", with: "x"),
            // In remarks too.
            "{gateway: {}} // the token was hush", "{/* token: hush */ gateway: {}}",
            "{\n  // token: 'hush'\n  gateway: {\n  },\n}",
            "{\n  /* the old token:\n  hush */\n  gateway: {},\n}",
            "{gateway: {/* key: 'hush' */ port: 1}}",
            "{\n  gateway: { // password hush\n    port: 1 // key hush\n  }\n}",
        ])
    func masks(text: String) throws {
        let lines = try Self.patched(text)
        #expect(!lines.joined(separator: "\n").contains("hush"), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("+") && $0.contains("sessions_send") })
    }

    @Test("a secret that changes is not shown either")
    func changes() throws {
        #expect(
            try Self.diff("{\n  token: 'old',\n  a: 1\n}", "{\n  token: 'new',\n  a: 2\n}")
                == ["  {", "    token: \"***\",", "-   a: 1", "+   a: 2", "  }"])
        #expect(try Self.diff("{\n}", "{\n  api_key: \"cc_x\"\n}").contains("+   api_key: \"***\""))
    }

    @Test("two lines around each change, and a mark for the rest")
    func context() throws {
        let before = "{\n" + (1...9).map { "  a\($0): \($0),\n" }.joined() + "}"
        #expect(
            try Self.diff(before, before.replacing("a5: 5", with: "a5: 6"))
                == [
                    "…", "    a3: 3,", "    a4: 4,", "-   a5: 5,", "+   a5: 6,", "    a6: 6,", "    a7: 7,",
                    "…",
                ])
        #expect(try Self.diff(before, before).allSatisfy { $0 == "…" })
    }

    @Test("a text that holds marks of remarks is none, and other remarks are shown")
    func remarks() throws {
        let lines = try Self.patched("{\n  url: 'http://x/*y*/', // where\n  gateway: {},\n}")
        #expect(lines.contains("    url: 'http://x/*y*/', // where"), "\(lines)")
    }
}
