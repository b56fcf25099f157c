import Simulator

/// Each text is answered at most once, and to its sender; all are answered or given up.
extension Judgement {
    mutating func judgeTexts(_ evidence: Evidence) {
        var senders: [String: String] = [:]
        for question in evidence.questions {
            if case .text(let sender) = question.kind { senders[question.tag] = sender }
        }
        count("texts sent", senders.count)
        count("texts that reached the bridge", senders.keys.count { evidence.received.contains($0) })
        let tags = evidence.sent.compactMap { Question.tag(in: $0.message) }
        count("  answered", tags.count)
        count("  given up", evidence.givenUp.count)
        count("  failed honestly", evidence.sent.count - tags.count)
        for (tag, times) in Dictionary(grouping: tags, by: { $0 }).mapValues(\.count) where times > 1 {
            complain("\(tag) was answered \(times) times")
        }
        for text in evidence.sent {
            if let tag = Question.tag(in: text.message) {
                if senders[tag] != text.to { complain("the answer to \(tag) went to another number") }
            } else if !HonestSentence.isOneOfTexts(text.message) {
                complain("a text says \"\(text.message.prefix(120))\"")
            }
        }
        for (sender, own) in Dictionary(grouping: senders.keys, by: { senders[$0] ?? "" }) {
            let count = evidence.sent.count { $0.to == sender }
            if count > own.count { complain("a sender of \(own.count) texts (\(own)) got \(count) answers") }
        }
        for tag in senders.keys.sorted() where !evidence.ended.contains(tag) {
            complain("\(tag) was neither answered nor given up")
        }
    }
}
