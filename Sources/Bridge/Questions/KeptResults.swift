import ClawdTalkAPI

/// The latest results, for a service that asks for one again: for 2 minutes, at most 200 of them and 256 KiB.
struct KeptResults {
    private struct Kept {
        let question: Question
        let message: ClientMessage
        let byteCount: Int
        let until: Duration
    }

    private var results: [AnswerChannel: Kept] = [:]
    /// The oldest first.
    private var order: [AnswerChannel] = []
    private var byteCount = 0

    private static let lifetime = Duration.seconds(120)
    private static let capacity = 200
    private static let mostBytes = 256 << 10

    /// Keeps the result of a question in the place of an earlier one.
    mutating func keep(_ message: ClientMessage, of question: Question, text: String, now: Duration) {
        // What a caller says has no id: it is new each time.
        if case .speech = question.channel { return }
        forget(question.channel)
        let kept = Kept(
            question: question, message: message, byteCount: text.utf8.count + question.text.utf8.count,
            until: now + Self.lifetime)
        guard kept.byteCount <= Self.mostBytes else { return }
        results[question.channel] = kept
        order.append(question.channel)
        byteCount += kept.byteCount
        while let oldest = order.first, isOver(oldest, now: now) { forget(oldest) }
    }

    /// The result of this very question; nil when none is kept, and for another question under the same id.
    func result(of question: Question, now: Duration) -> ClientMessage? {
        guard let kept = results[question.channel], kept.question == question, now < kept.until else {
            return nil
        }
        return kept.message
    }

    private func isOver(_ channel: AnswerChannel, now: Duration) -> Bool {
        order.count > Self.capacity || byteCount > Self.mostBytes
            || results[channel].map { $0.until <= now } ?? true
    }

    private mutating func forget(_ channel: AnswerChannel) {
        guard let kept = results.removeValue(forKey: channel) else { return }
        byteCount -= kept.byteCount
        order.removeAll { $0 == channel }
    }
}
