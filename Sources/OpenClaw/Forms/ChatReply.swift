import Agent

/// The agent's answer as a stream brings it, in sentences, and what of it was said.
struct ChatReply {
    private var answer = StreamedAnswer()
    private var lastPieceAt: Duration?
    /// The first piece, while it is not certain whose words it has.
    private var held: String?
    private var saidKeys: Set<String> = []
    private(set) var pieceCount = 0

    /// How the text of a run ended.
    enum Ending: Equatable {
        /// - Parameter rest: what was not given out as a sentence.
        case answered(rest: String?)
        case failed
    }

    /// - Returns: the sentences that are finished now.
    mutating func take(_ piece: String, now: Duration) -> [String] {
        pieceCount += 1
        defer { lastPieceAt = now }
        if pieceCount == 1, RunFailureText.mayBegin(piece) || RunFailureText.meaning(of: piece) != nil {
            held = piece
            return []
        }
        return said(release() + answer.take(piece, afterPause: lastPieceAt.map { now - $0 } ?? .zero))
    }

    /// The text pauses.
    mutating func quiet() -> [String] { said(release() + answer.quiet()) }

    /// The text is over.
    mutating func end() -> (said: [String], ending: Ending) {
        switch held.flatMap(RunFailureText.meaning) {
        case .failed: return ([], .failed)
        case .silent: return ([], .answered(rest: nil))
        case nil:
            let sentences = said(release())
            return (sentences, .answered(rest: answer.end()))
        }
    }

    private mutating func release() -> [String] {
        defer { held = nil }
        return held.map { answer.take($0) } ?? []
    }

    private mutating func said(_ sentences: [String]) -> [String] {
        for sentence in sentences { saidKeys.insert(Wording.key(sentence)) }
        return sentences
    }

    /// Whether something of the answer was said.
    var hasSaid: Bool { !saidKeys.isEmpty }

    /// The sentences of a text that were not said; nil when there are none.
    func unsaid(_ text: String) -> String? {
        guard hasSaid else { return text }
        var splitter = SentenceSplitter(ControlTokens.words)
        let sentences = splitter.take(text) + [splitter.end()]
        let rest = sentences.filter { !saidKeys.contains(Wording.key($0)) }.joined()
        return Wording.key(rest).isEmpty ? nil : ControlTokens.strip(rest)
    }
}
