import Foundation
import TestSupport
import Testing

@testable import Bridge

/// A generator whose seed tells the whole story.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}

@Suite("A storm: cuts, lost pongs and moody gateways in any order")
struct BridgeStormTests {
    /// Requests that were sent on a line that was up, and the results that each connection got.
    private final class Story {
        let fixture = BridgeFixture()
        var generator: SeededGenerator
        var requests: [String] = []
        var isUp = false
        /// Results that a connection wrote and whose pong came back on it.
        var proven: [String: Int] = [:]
        var written: [String: Int] = [:]

        init(seed: UInt64) { generator = SeededGenerator(state: seed) }

        func logIn() {
            fixture.service.current.logIn()
            isUp = true
        }

        func cut() {
            count(isProven: false)
            fixture.service.current.end()
            isUp = false
        }

        /// The service reads everything and answers the pings.
        func settle() {
            count(isProven: true)
            fixture.service.current.answerPings()
        }

        private var countedUpTo: [Int: Int] = [:]

        private func count(isProven: Bool) {
            let number = fixture.service.connections.count
            let results = fixture.service.current.sent.filter { $0["type"] as? String == "deep_tool_result" }
            for result in results.dropFirst(countedUpTo[number] ?? 0) {
                let id = result["request_id"] as? String ?? ""
                written[id, default: 0] += 1
                if isProven { proven[id, default: 0] += 1 }
            }
            countedUpTo[number] = results.count
        }
    }

    @Test("every request has exactly one proven result, and the agent was asked once", arguments: 1...150)
    func storm(seed: UInt64) {
        let story = Story(seed: seed)
        let fixture = story.fixture
        fixture.gateway.script = { call in
            call.tool == "sessions_history"
                ? .rows([])
                : .details(
                    #"{"status":"ok","reply":"Yes.","delivery":{"status":"skipped"}}"#,
                    after: .milliseconds(50 + call.message!.count % 7 * 300))
        }
        fixture.bridge.start()
        story.logIn()
        for _ in 0..<60 { step(story) }
        calm(story)
        for id in story.requests {
            #expect(story.proven[id] == 1, "seed \(seed), request \(id)")
        }
        #expect(fixture.gateway.sends.count == story.requests.count)
        #expect(fixture.bridge.status.undelivered == 0 && fixture.bridge.status.openQuestions == 0)
    }

    private func step(_ story: Story) {
        switch Int.random(in: 0..<10, using: &story.generator) {
        case 0...2 where story.isUp:
            let id = "r\(story.requests.count)"
            story.requests.append(id)
            story.fixture.ask(String(repeating: "x", count: story.requests.count), id: id)
        case 3...4 where story.isUp: story.cut()
        case 5...6 where !story.isUp: story.fixture.time.advance(.milliseconds(300))
        case 7 where story.isUp: story.settle()
        default: story.fixture.time.advance(.milliseconds(Int.random(in: 1...400, using: &story.generator)))
        }
        let isConnecting = story.fixture.bridge.status.line == .connecting
        if !story.isUp, isConnecting, Bool.random(using: &story.generator) { story.logIn() }
    }

    /// The line stays up until everything is answered; less than the two minutes that answers are kept.
    private func calm(_ story: Story) {
        while !story.isUp {
            story.fixture.time.advance(.milliseconds(100))
            if story.fixture.bridge.status.line == .connecting { story.logIn() }
        }
        for _ in 0..<40 {
            story.fixture.time.advance(.seconds(1))
            story.settle()
        }
    }
}
