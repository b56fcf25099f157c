import Foundation
import Simulator
import TestSupport

/// What callers ask and people write while everything breaks. As the service does it, what has no answer is sent again
/// after a login.
actor Traffic {
    private let service: SimulatedService
    private let keeper: BridgeKeeper
    private var generator: SeededGenerator
    private(set) var questions: [Question] = []
    private var logins = 0
    /// Calls are hung up, and others begin: those of one round are in progress together.
    private var round = 0
    private var hungUp: [String] = []
    private var countAtHangUp = 0

    private static let callCount = 5
    /// Questions between two rounds, at least.
    private static let roundLength = 12
    /// Calls whose end is told again after a login.
    private static let mostHungUp = 100

    init(seed: UInt64, to service: SimulatedService, keeper: BridgeKeeper) {
        (self.service, self.keeper) = (service, keeper)
        generator = SeededGenerator(seed: seed &+ 99)
    }

    /// Goes on until the task is cancelled.
    func flow() async {
        while !Task.isCancelled {
            // The pace of people; nothing waits for it.
            try? await Task.sleep(for: .milliseconds(Int.random(in: 100...900, using: &generator)))
            guard await service.hasClient else { continue }
            await sendAgain()
            if questions.count - countAtHangUp >= Self.roundLength, unanswered.allSatisfy({ !$0.hasResult }) {
                await hangUp()
            }
            for _ in 0..<Int.random(in: 1...2, using: &generator) { await send(make()) }
        }
    }

    /// A question that is sent now.
    func ask() async -> Question {
        let question = make(kind: 0)
        await send(question)
        return question
    }

    /// A question that somebody else sends.
    func make() -> Question { make(kind: .random(in: 0..<10, using: &generator)) }

    private func make(kind: Int) -> Question {
        let number = questions.count
        let question =
            switch kind {
            case 0..<6: Question(tag: "q\(number)", kind: .call(callID(number % Self.callCount)))
            case 6: Question(tag: "w\(number)", kind: .walkie)
            case 7: Question(tag: "r\(number)", kind: .report)
            // Two texts each, so that one's wait is the other's, too.
            default: Question(tag: "t\(number)", kind: .text(sender: "+1555\(1_000_000 + number / 8)"))
            }
        questions.append(question)
        return question
    }

    private func callID(_ number: Int) -> String { "call-\(number)-\(round)" }

    /// Ends the calls that are in progress: reports wait for that.
    func hangUp() async {
        hungUp = ((0..<Self.callCount).map(callID) + hungUp).prefix(Self.mostHungUp).map { $0 }
        (round, countAtHangUp) = (round + 1, questions.count)
        await tellHangUps()
    }

    /// Ends of calls are lost with the line as everything else; those that came are known.
    func tellHangUps() async {
        for call in hungUp {
            await service.sendEvent("call.ended", ["call_id": call, "reason": "user_hangup"])
        }
    }

    private func send(_ question: Question) async {
        await service.sendEvent(question.event, question.members)
    }

    /// After a login: texts that the bridge may not have in its spool, and most of the questions without a result.
    private func sendAgain() async {
        let count = service.journal.entries.count { if case .authenticated = $0 { true } else { false } }
        guard count > logins else { return }
        logins = count
        await tellHangUps()
        for number in 0..<Self.callCount {
            await service.sendEvent("call.started", ["call_id": callID(number)])
        }
        for question in unanswered where !question.hasResult || Int.random(in: 0..<3, using: &generator) > 0 {
            await send(question)
        }
    }

    /// As the service sees it.
    private var unanswered: [Question] {
        let told = Set(
            service.journal.entries.compactMap(\.frame).filter(\.isResult).compactMap(\.request_id))
        let taken = Set(keeper.log.entries.compactMap { LogReading($0.text).textReceived })
        return questions.filter { !($0.isText ? taken : told).contains($0.tag) }
    }

    /// Every text and report once more: those that came are known.
    func sendLastingAgain() async {
        for question in questions where !question.hasResult { await send(question) }
    }
}

extension ClientFrame {
    /// The one answer to a question.
    var isResult: Bool { type == "deep_tool_result" || type == "walkie_response" }

    /// What is heard.
    var heard: String { text ?? reply ?? error ?? "" }
}
