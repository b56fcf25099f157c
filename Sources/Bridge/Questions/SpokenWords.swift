/// What somebody said, as words to compare: lower case, without punctuation at their edges.
struct SpokenWords: Equatable {
    let words: [String]

    init(_ text: some StringProtocol) {
        words = text.lowercased().replacing("’", with: "'").split(whereSeparator: \.isWhitespace)
            .map { $0.drop { !$0.isWordCharacter }.reversed().drop { !$0.isWordCharacter }.reversed() }
            .map { String($0) }.filter { !$0.isEmpty }
    }

    /// Whether this is one of the phrases, a "please" at its edges aside.
    func isOne(of phrases: [String]) -> Bool {
        let core = words.drop { Self.polite.contains($0) }.reversed().drop { Self.polite.contains($0) }
            .reversed()
        return !core.isEmpty && phrases.contains { SpokenWords($0).words == Array(core) }
    }

    /// Where the words of a phrase begin, from a position on.
    func firstIndex(of phrase: [String], from start: Int = 0) -> Int? {
        guard !phrase.isEmpty, words.count - start >= phrase.count else { return nil }
        return (start...(words.count - phrase.count)).first { words[$0...].starts(with: phrase) }
    }

    private static let polite: Set<String> = [
        "please", "bitte", "por", "favor", "s'il", "te", "vous", "plaît", "per", "favore", "alsjeblieft",
        "ok",
        "okay",
    ]
}

extension Character {
    fileprivate var isWordCharacter: Bool { isLetter || isNumber }
}
