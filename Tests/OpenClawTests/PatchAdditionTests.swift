import Foundation
import JSON5
import Testing

@testable import OpenClaw

@Suite("What was added is taken away again")
struct PatchAdditionTests {
    /// The main file's text after setup's additions and after they are gone.
    private static func roundTrip(
        _ text: String, between: (String) -> String = { $0 },
        _ add: (inout ConfigurationPatch) throws -> [PatchAddition]
    ) throws -> (added: String, removed: String) {
        var patch = try ConfigurationPatch(OpenClawSample(text).load())
        let additions = try add(&patch)
        let added = try #require(patch.configuration.files[OpenClawSample.path]).document.text
        // As it is remembered.
        let data = try JSONEncoder().encode(additions)
        let remembered = try JSONDecoder().decode([PatchAddition].self, from: data)
        #expect(remembered == additions)
        var document = try JSON5Document(parsing: between(added))
        for addition in remembered.reversed() { document = try addition.removed(from: document) ?? document }
        return (added, document.text)
    }

    @Test(
        "byte for byte",
        arguments: [
            "{}", "{a:1}", "{\n  a: 1, // one\n}\n", "{gateway: {tools: {allow: ['cron']}}}",
            "{\r\n\tgateway: {},\r\n}",
            "{gateway: {tools: {}}}", "// x\n{\n  gateway: {\n    port: 1 /* p */\n  }\n}\n",
            "{gateway: {tools: {allow: [\n  // none\n]}}}", "\u{FEFF}{gateway:{tools:{allow:[]}}}",
        ])
    func allow(text: String) throws {
        let (added, removed) = try Self.roundTrip(text) { [try $0.allowSessionsSend()] }
        #expect(added != text && removed == text)
    }

    @Test(
        "agents too",
        arguments: [
            "{}", "{agents: {list: [{id: 'a'}]}}", "{agents: {entries: {a: {}}}}", "{agents: {defaults: {}}}",
            "{\n  agents: {\n    list: [\n      {\n        id: 'a',\n      },\n    ],\n  },\n}\n",
        ])
    func agents(text: String) throws {
        let (added, removed) = try Self.roundTrip(text) { try $0.addVoiceAgent(name: nil) }
        #expect(added.contains("voice") && removed == text)
    }

    @Test("what has come into it since stays")
    func others() throws {
        let more = { (text: String) in
            text.replacing("[\"sessions_send\"]", with: "[\"sessions_send\", \"cron\"]")
        }
        let (_, removed) = try Self.roundTrip("{a: 1}", between: more) { [try $0.allowSessionsSend()] }
        #expect(
            removed == "{a: 1, gateway: {tools: {allow: [\"cron\"]}}}")
    }

    @Test(
        "what is gone already is nobody's loss", arguments: ["{}", "{gateway: {tools: {allow: ['cron']}}}"])
    func gone(now: String) throws {
        let (_, removed) = try Self.roundTrip("{a: 1}", between: { _ in now }) {
            [try $0.allowSessionsSend()]
        }
        #expect(removed == now)
    }

    @Test(
        "a file that is not what it was any more",
        arguments: ["{gateway: 5}", "[]", "{gateway: {tools: {allow: 'x'}}}"])
    func strange(now: String) throws {
        let (_, removed) = try Self.roundTrip("{a: 1}", between: { _ in now }) {
            [try $0.allowSessionsSend()]
        }
        #expect(removed == now)
    }
}
