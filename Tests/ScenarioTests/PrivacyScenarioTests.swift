import Foundation
import Simulator
import Testing

@Suite("What is written down of a call", .enabled(if: BridgeProcess.binary != nil))
struct PrivacyScenarioTests {
    private static let key = "cc_test_long_secret_key"
    /// A caller who reads a secret out, too.
    private static let question = "Where is the blue elephant? \(key) demo-token"

    /// Plays one call and ends the bridge; the words of the log are its lines.
    private func play(_ stage: Stage, environment: [String: String] = [:]) async throws -> [String] {
        let bridge = try stage.run(environment: environment)
        #expect(await stage.login())
        await stage.service.sendEvent("call.started", ["call_id": "c1"])
        await stage.ask("r1", Self.question)
        #expect(await stage.result("r1") == "In the garden.")
        await stage.service.sendEvent("call.ended", ["call_id": "c1", "reason": "user_hangup"])
        #expect(await bridge.log.first(within: .seconds(40)) { $0.contains("call ended") } != nil)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        return bridge.log.entries
    }

    private func files(_ home: URL) -> [String] {
        (FileManager.default.subpaths(atPath: home.path) ?? []).sorted()
    }

    @Test("no word, number or secret in the log, and no call kept")
    func silent() async throws {
        let stage = try await Stage(answer: { _ in "In the garden." })
        let log = try await play(stage).joined(separator: "\n")
        for secret in ["elephant", Self.key, "garden", "cc_test", "demo-token", "Ana"] {
            #expect(!log.contains(secret))
        }
        #expect(!files(stage.home).contains { $0.hasPrefix("calls") })
        for name in files(stage.home) where !name.hasSuffix("skill-config.json") {
            let text = (try? String(contentsOf: stage.home.appending(path: name), encoding: .utf8)) ?? ""
            #expect(!text.contains("elephant") && !text.contains("garden"), "\(name)")
        }
    }

    @Test("DEBUG=1 shows what is said, says so, and still hides secrets", arguments: ["1", "true"])
    func debug(value: String) async throws {
        let stage = try await Stage(answer: { _ in "In the garden." }, adjust: { $0["api_key"] = Self.key })
        let log = try await play(stage, environment: ["DEBUG": value]).joined(separator: "\n")
        #expect(log.contains("elephant") && log.contains("garden") && log.contains("debug is on"))
        #expect(!log.contains(Self.key) && !log.contains("demo-token"))
    }

    @Test("DEBUG with another value shows nothing", arguments: ["0", "yes", "*"])
    func noDebug(value: String) async throws {
        let stage = try await Stage(answer: { _ in "In the garden." })
        let log = try await play(stage, environment: ["DEBUG": value]).joined(separator: "\n")
        #expect(!log.contains("elephant") && !log.contains("garden"))
    }

    @Test("calls that are kept can be listed and shown; they are the owner's only, and old ones go")
    func kept() async throws {
        let stage = try await Stage(answer: { _ in "In the garden." }, adjust: { $0["transcripts"] = "on" })
        let old = stage.home.appending(path: "calls/old.jsonl")
        try FileManager.default.createDirectory(
            at: old.deletingLastPathComponent(), withIntermediateDirectories: true)
        try #"{"event":"started","time":"2020","call":"old"}"#.write(
            to: old, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -31 * 86_400)], ofItemAtPath: old.path)
        _ = try await play(stage)
        #expect(!FileManager.default.fileExists(atPath: old.path))
        let file = stage.home.appending(path: "calls/c1.jsonl").path
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let list = try await BridgeProcess.run(["calls", "list"], home: stage.home)
        #expect(list.status == 0 && list.output.count == 1 && list.output[0].contains("c1  1 questions"))
        let shown = try await BridgeProcess.run(["calls", "show", "c1"], home: stage.home).output
        #expect(
            shown.map { $0.split(separator: " ")[1] } == ["started", "greeted", "asked", "answered", "ended"])
        #expect(shown[2].contains(Self.question) && shown[3].contains("In the garden. (after "))
        let json = try await BridgeProcess.run(["calls", "show", "c1", "--json"], home: stage.home).output
        let lines = try JSONSerialization.jsonObject(with: Data(json.joined().utf8)) as? [[String: Any]]
        #expect(lines?.count == 5 && lines?[3]["text"] as? String == "In the garden.")
        #expect(try await BridgeProcess.run(["calls", "show", "c9"], home: stage.home).status == 1)
    }

    @Test(
        "errors of the gateway are never spoken",
        arguments: [Persona.refused, .forbidden, .serverError, .html])
    func verbatim(persona: Persona) async throws {
        let stage = try await Stage(persona: persona, adjust: { $0["reply_timeout_seconds"] = 25 })
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1")
        let text = try #require(await stage.result("r1"))
        for word in ["locked", "visibility", "tool", "html", "500"] { #expect(!text.contains(word)) }
        withExtendedLifetime(bridge) {}
    }
}
