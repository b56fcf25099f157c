import ClawdTalkAPI

/// What a caller says about how to get the answer: "text me the answer", alone or as a part of a question.
struct SpokenWishes {
    struct Wish: Equatable {
        /// ``AfterHangup/text`` or ``AfterHangup/callBack``.
        let way: AfterHangup
        /// Whether nothing else was said.
        let isAlone: Bool
    }

    private let phrases: [(words: [String], way: AfterHangup)]
    private let firstWords: Set<String>

    init(_ phrases: Phrases) {
        self.phrases =
            (phrases.textWishes.map { ($0, AfterHangup.text) }
            + phrases.callBackWishes.map { ($0, .callBack) })
            .map { (SpokenWords($0).words, $1) }
        firstWords = Set(self.phrases.compactMap(\.words.first))
    }

    /// - Returns: nil where nothing of the kind was said; the last wish counts.
    func wish(in text: String) -> Wish? {
        let clauses = text.split(whereSeparator: { ".,;:!?…".contains($0) }).map {
            Self.core(SpokenWords($0).words)
        }
        .filter { !$0.isEmpty }
        for (index, clause) in clauses.enumerated().reversed() {
            guard let (way, isWhole) = wish(in: clause) else { continue }
            return Wish(way: way, isAlone: isWhole && clauses.count == 1 && index == 0)
        }
        return nil
    }

    /// A clause is a wish, or ends with one behind an "and": "did Tom text me the answer" is none.
    private func wish(in clause: [String]) -> (AfterHangup, isWhole: Bool)? {
        guard clause.contains(where: firstWords.contains) else { return nil }
        for (words, way) in phrases {
            if clause == words { return (way, true) }
            guard clause.count > words.count, clause.suffix(words.count).elementsEqual(words) else {
                continue
            }
            if Self.joining.contains(clause[clause.count - words.count - 1]) { return (way, false) }
        }
        return nil
    }

    /// Without what joins it to the clause before, and without politeness.
    private static func core(_ words: [String]) -> [String] {
        let rest = words.drop { joining.contains($0) }.filter { !pleases.contains($0) }
        let core = rest.reversed().drop { SpokenPhrases.polite.contains($0) }.reversed()
        return Array(core)
    }

    /// They may stand anywhere.
    private static let pleases: Set<String> = ["please", "bitte", "alsjeblieft"]
    private static let joining: Set<String> = SpokenPhrases.polite.union([
        "and", "then", "just", "und", "dann", "y", "luego", "después", "et", "puis", "ensuite", "e", "poi",
        "depois",
        "en", "dan",
    ])
}
