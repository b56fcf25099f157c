import Foundation
import Simulator
import Testing

@Suite("Texts through the real program", .enabled(if: BridgeProcess.binary != nil))
struct TextScenarioTests {
    /// The number of a text in what was asked or answered.
    private static func number(_ text: String) -> Int? {
        text.firstMatch(of: /#(\d+)#/).flatMap { Int($0.output.1) }
    }

    @Test("a text over TLS is answered once, as plain text; the log has nothing of it")
    func text() async throws {
        let stage = try await Stage(isSecure: true, agentTime: .milliseconds(50))
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.text("m1", "my secret question")
        #expect(await stage.hasSent(1))
        await stage.text("m1", "my secret question")
        await stage.text("m2", "STOP")
        await stage.text("m3", "another one")
        #expect(await stage.hasSent(2))
        let answer = ServiceEntry.Text(to: "+15550001", message: "The answer is forty-two.")
        #expect(stage.sentTexts == [answer, answer] && stage.gateway.asked.entries.count == 2)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        let log = bridge.log.entries.joined(separator: "\n")
        #expect(!log.contains("secret") && !log.contains("forty") && !log.contains("1555"))
        #expect(!stage.spooled("texts").values.contains { $0.contains("secret") || $0.contains("1555") })
    }

    @Test("200 texts, killed at random points: each is answered exactly once, the agent asked exactly once")
    func storm() async throws {
        let seed = UInt64.random(in: 0...9_999)
        let stage = try await Stage(
            agentTime: .milliseconds(25), answer: { "Answer #\(Self.number($0) ?? -1)#." },
            sendFault: { number in
                switch number % 23 {
                case 3, 9: .lostAnswer
                case 13: .page
                case 17: .status(500)
                case 21: .tooMany(retryAfter: 1)
                default: nil
                }
            })
        let storm = TextStorm(seed: seed, stage: stage)
        let bridge = try #require(try await storm.run())
        #expect(await stage.hasSent(TextStorm.textCount, within: .seconds(90)), "seed \(seed)")
        await storm.sendAllAgain()
        // Behind all of them, so that what they did is done.
        await stage.text("last", "This is text #200#.", from: "+15559999")
        #expect(await stage.hasSent(TextStorm.textCount + 1), "seed \(seed)")
        // An answer that was lost is looked up a while later.
        for id in stage.unansweredTexts {
            let line = await bridge.log.first(within: .seconds(60)) {
                $0.contains("text answered message=\(id) ")
            }
            #expect(line != nil, "seed \(seed)")
        }
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        let all = Array(0...TextStorm.textCount)
        #expect(stage.gateway.asked.entries.compactMap(Self.number).sorted() == all, "seed \(seed)")
        #expect(stage.sentTexts.map(\.message).compactMap(Self.number).sorted() == all, "seed \(seed)")
        for text in stage.sentTexts.prefix(TextStorm.textCount) {
            #expect(text.to == "+1555000\((Self.number(text.message) ?? 0) % 20)", "seed \(seed)")
        }
        let files = stage.spooled("texts")
        #expect(files.count == all.count && files.keys.allSatisfy { $0.hasSuffix(".json") }, "seed \(seed)")
        #expect(files.values.allSatisfy { $0.contains("\"done\"") }, "seed \(seed)")
    }

    @Test("a spool that cannot be written: one line in the log, the text is not answered, calls go on")
    func noSpool() async throws {
        let stage = try await Stage(agentTime: .milliseconds(50))
        try Data().write(to: stage.home.appending(path: "spool"))
        let bridge = try stage.run()
        #expect(await stage.login())
        for id in ["m1", "m2", "m3"] { await stage.text(id, "Hello?", from: "+1\(id)") }
        await stage.ask("r1")
        #expect(await stage.result("r1") == "The answer is forty-two.")
        #expect(stage.sentTexts.isEmpty && stage.gateway.asked.entries.count == 1)
        #expect(bridge.log.entries.count { $0.contains("spool cannot be written") } == 1)
        let status = try stage.run(["status", "--json"])
        #expect(await status.log.first(within: .seconds(40)) { $0.contains(#""sms_waiting" : 3"#) } != nil)
    }

    @Test("a run that fails after it acted: a text and a call's report reach the agent once each")
    func runFails() async throws {
        let stage = try await Stage(persona: .runFailed, agentTime: .milliseconds(50))
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.text("m1", "What is on today?")
        #expect(await stage.hasSent(1))
        #expect(stage.sentTexts.map(\.to) == ["+15550001"])
        await stage.endCall("c1")
        #expect(await bridge.log.first(within: .seconds(40)) { $0.contains("told how calls ended") } != nil)
        // Behind both, so that what they did is done.
        await stage.text("m2", "Anything else", from: "+15550002")
        #expect(await stage.hasSent(2))
        let asked = stage.gateway.asked.entries
        #expect(asked.count == 3 && asked.count { $0.contains("purpose-c1") } == 1)
    }

    @Test("calls that end while the gateway is away, with a kill in between: each is reported once")
    func reports() async throws {
        let stage = try await Stage(agentTime: .milliseconds(20))
        await stage.gateway.shut()
        let first = try stage.run()
        #expect(await stage.login())
        for id in ["c1", "c2"] { await stage.endCall(id) }
        #expect(await first.log.first(within: .seconds(40)) { $0.contains("report waits") } != nil)
        first.signal(SIGKILL)
        _ = await first.exit()
        let second = try stage.run()
        #expect(await stage.login(2))
        for id in ["c2", "c3"] { await stage.endCall(id) }
        try await stage.gateway.reopen()
        #expect(await stage.hasAsked(1))
        #expect(await second.log.first(within: .seconds(40)) { $0.contains("told how calls ended") } != nil)
        await stage.endCall("c4")
        #expect(
            await stage.gateway.asked.first(within: .seconds(40)) { $0.contains("purpose-c4") } != nil)
        let told = stage.gateway.asked.entries.joined()
        for id in ["c1", "c2", "c3", "c4"] {
            #expect(told.components(separatedBy: "purpose-\(id)").count == 2, "\(id)")
        }
    }
}

extension Stage {
    fileprivate func endCall(_ id: String) async {
        await service.sendEvent(
            "call.ended",
            [
                "call_id": id, "direction": "outbound", "duration_seconds": "75", "outcome": "no_answer",
                "purpose": "purpose-\(id)",
            ])
    }
}
