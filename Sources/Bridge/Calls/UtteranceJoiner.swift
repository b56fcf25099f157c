package import Ports

/// Makes questions of what a caller says in pieces, for services that send transcripts: pieces that come within
/// 300 ms are one utterance, and what is said while an answer is being found is one more question after it.
package final class UtteranceJoiner {
    private struct Heard {
        var text: String
        var timer: (any Cancellable)?
    }

    private let time: any Timekeeper
    private var heard: [String: Heard] = [:]

    /// Whether the call's last question is still being answered.
    package var isAnswering: (_ callID: String) -> Bool = { _ in false }
    /// Whether an utterance need not wait for that: it ends the waiting.
    package var isUrgent: (_ text: String) -> Bool = { _ in false }
    /// Whether an utterance is about the question that is being answered, and neither ends it nor waits for its answer.
    package var isAside: (_ callID: String, _ text: String) -> Bool = { _, _ in false }
    package var onQuestion: (_ callID: String, _ text: String) -> Void = { _, _ in }

    private static let pause = Duration.milliseconds(300)
    /// A breath or a click is transcribed as a letter; characters but blanks.
    private static let shortest = 2
    /// What is longer is no utterance, in characters.
    private static let longest = 8_000

    package init(time: any Timekeeper) { self.time = time }

    package func add(_ text: String, to callID: String) {
        guard text.count(where: { !$0.isWhitespace }) >= Self.shortest else { return }
        let said = String(text.prefix(Self.longest))
        if isAnswering(callID), isUrgent(said) { return pass(callID, said) }
        if isAnswering(callID), isAside(callID, said) { return onQuestion(callID, said) }
        let before = heard[callID]
        before?.timer?.cancel()
        let joined = before.map { $0.text + " " + said } ?? said
        heard[callID] = Heard(
            text: String(joined.prefix(Self.longest)),
            timer: time.schedule(after: Self.pause) { [weak self] in self?.passIfFree(callID) })
    }

    /// The call's last question was answered.
    package func answered(_ callID: String) {
        // Never inside the answer: what comes next is a question of its own.
        guard heard[callID]?.timer == nil, heard[callID] != nil else { return }
        heard[callID]?.timer = time.schedule(after: .zero) { [weak self] in self?.passIfFree(callID) }
    }

    /// Nothing is passed on any more.
    package func stop() {
        heard.values.forEach { $0.timer?.cancel() }
        heard = [:]
    }

    package func callEnded(_ callID: String) { heard.removeValue(forKey: callID)?.timer?.cancel() }

    private func passIfFree(_ callID: String) {
        heard[callID]?.timer = nil
        guard !isAnswering(callID), let text = heard[callID]?.text else { return }
        pass(callID, text)
    }

    /// An urgent word stands for itself, and takes back what was waiting.
    private func pass(_ callID: String, _ text: String) {
        heard.removeValue(forKey: callID)?.timer?.cancel()
        onQuestion(callID, text)
    }
}
