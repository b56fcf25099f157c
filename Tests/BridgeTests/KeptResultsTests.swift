import ClawdTalkAPI
import Testing

@testable import Bridge

@Suite("Kept results: bounded in number, bytes and time")
final class KeptResultsTests {
    private var results = KeptResults()

    private func question(_ id: Int, _ text: String = "What?") -> Question {
        Question(channel: .tool(requestID: "r\(id)"), callID: "c", text: text)
    }

    private func keep(_ id: Int, _ text: String, now: Duration = .zero) {
        results.keep(
            .deepToolResult(requestID: "r\(id)", text: text), of: question(id), text: text, now: now)
    }

    private func isKept(_ id: Int, now: Duration = .zero) -> Bool {
        results.result(of: question(id), now: now) != nil
    }

    @Test("two hundred, of which the oldest goes first")
    func number() {
        for id in 0..<250 { keep(id, "42.") }
        #expect((0..<50).allSatisfy { !isKept($0) } && (50..<250).allSatisfy { isKept($0) })
    }

    @Test("256 KiB in all; one that is larger is not kept")
    func bytes() {
        for id in 0..<6 { keep(id, String(repeating: "x", count: 50 << 10)) }
        #expect((0..<6).filter { isKept($0) } == [1, 2, 3, 4, 5])
        keep(7, String(repeating: "x", count: 300 << 10))
        #expect(!isKept(7) && isKept(5))
    }

    @Test("two minutes, and the latest result of a request counts")
    func time() {
        keep(1, "No answer yet.")
        keep(1, "42.", now: .seconds(60))
        #expect(
            results.result(of: question(1), now: .seconds(179))
                == .deepToolResult(requestID: "r1", text: "42."))
        #expect(!isKept(1, now: .seconds(180)))
    }

    @Test("another question under the same id has no result, and what is spoken has none")
    func others() {
        keep(1, "42.")
        #expect(results.result(of: question(1, "And now?"), now: .zero) == nil)
        let spoken = Question(channel: .speech(callID: "c"), callID: "c", text: "What?")
        results.keep(.response(callID: "c", text: "42."), of: spoken, text: "42.", now: .zero)
        #expect(results.result(of: spoken, now: .zero) == nil)
    }
}
