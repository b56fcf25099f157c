import Agent

/// Makes finished sentences, fit for a person, of an agent's answer as it comes.
struct StreamedAnswer {
    private var hidden = HiddenBlockFilter()
    private var splitter = SentenceSplitter(ControlTokens.words)
    private var takenBytes = 0

    /// In bytes. Nobody listens longer to one answer.
    private static let longestAnswer = 16 << 10

    /// - Parameter pause: since the piece before.
    /// - Returns: the sentences that are finished now, without control tokens.
    mutating func take(_ piece: String, afterPause pause: Duration = .zero) -> [String] {
        let room = Self.longestAnswer - takenBytes
        guard room > 0 else { return [] }
        let piece =
            piece.utf8.count <= room ? piece : String(decoding: piece.utf8.prefix(room), as: UTF8.self)
        takenBytes += piece.utf8.count
        let (visible, hidesEarlier) = hidden.take(piece)
        if hidesEarlier { splitter.forget() }
        return splitter.take(visible, afterPause: pause).compactMap(ControlTokens.strip)
    }

    /// The text pauses.
    mutating func quiet() -> [String] { splitter.quiet().compactMap(ControlTokens.strip) }

    /// The text is over.
    /// - Returns: what was not given out, nil when there is nothing to say in it.
    mutating func end() -> String? {
        let rest = hidden.end()
        let sentences = splitter.take(rest).joined()
        return ControlTokens.strip(sentences + splitter.end())
    }
}
