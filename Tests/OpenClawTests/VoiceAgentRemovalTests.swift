import JSON5
import Testing

@testable import OpenClaw

@Suite("An agent that setup added is taken away as it was added, or left")
struct VoiceAgentRemovalTests {
    /// The text after the voice agent was added, and what was added.
    private func added(to text: String) throws -> (String, [PatchAddition]) {
        var patch = try ConfigurationPatch(OpenClawSample(text).load())
        let additions = try patch.addVoiceAgent(name: nil)
        return (patch.changes[0].after.document.text, additions)
    }

    private func removed(_ additions: [PatchAddition], from text: String) throws -> String {
        var document = try JSON5Document(parsing: text)
        for addition in additions.reversed() { document = try addition.removed(from: document) ?? document }
        return document.text
    }

    @Test("unchanged ones go, with what was made for them")
    func unchanged() throws {
        let (text, additions) = try added(to: "{a: 1}")
        #expect(additions.count == 2)
        #expect(try removed(additions, from: text) == "{a: 1}")
    }

    @Test("settings that somebody gave an agent keep it")
    func changed() throws {
        let (text, additions) = try added(to: "{a: 1}")
        let edited = text.replacing("id: \"main\"", with: "id: \"main\", model: \"opus\"")
            .replacing("id: \"voice\"", with: "id: \"voice\", tools: {deny: [\"exec\"]}")
        let left = try removed(additions, from: edited)
        #expect(edited != text && left == edited)
    }

    @Test("the default agent stays as long as there is another")
    func others() throws {
        let (text, additions) = try added(to: "{a: 1}")
        let edited = text.replacing("default: true}", with: "default: true}, {id: \"work\"}")
        let left = try OpenClawSample(removed(additions, from: edited)).load()
        #expect(left.agents.map(\.id) == ["main", "work"] && left.defaultAgent.id == "main")
    }

    @Test("names in ${…} are written so that they stand for themselves")
    func references() throws {
        let (text, _) = try added(to: "{agents: {list: [{id: 'main', name: 'Bot $${HOME_X}'}]}}")
        let voice = try #require(OpenClawSample(text).load().agent("voice"))
        #expect(voice.settings["name"]?.string == "Bot ${HOME_X} Voice")
    }

    @Test("a file that is included under two names changes in both places, so it is refused")
    func twoSpellings() throws {
        let sample = OpenClawSample(
            "{gateway: {$include: './g.json5'}, agents: {defaults: {$include: 'g.json5'}}}",
            including: ["g.json5": "{port: 1}"])
        var patch = try ConfigurationPatch(sample.load())
        #expect(throws: PatchRefusal.self) { try patch.allowSessionsSend() }
    }

    @Test("commands are quoted for the shell, and show no variable's value")
    func commands() throws {
        let sample = OpenClawSample(
            #"{gateway: {tools: {allow: ["it's; x", 'q"uote', "${SECRET}"]}}}"#,
            environment: ["SECRET": "hunter2"])
        #expect(
            ConfigurationPatch.command(for: try sample.load())
                == #"openclaw config set gateway.tools.allow '["it'\''s; x","q\"uote","${SECRET}","sessions_send"]' --strict-json"#
        )
    }
}
