/// Phrases that mean something when they are all that is said.
struct SpokenPhrases {
    private let phrases: Set<[String]>
    /// In words, with the polite ones around.
    private let longest: Int

    init(_ phrases: [String]) {
        self.phrases = Set(phrases.map { SpokenWords($0).words })
        longest = (self.phrases.map(\.count).max() ?? 0) + 4
    }

    /// Whether this is one of them, a "please" at its edges aside.
    func contains(_ text: String) -> Bool {
        // A question is longer than any of them: it need not be taken apart.
        guard text.utf8.count(where: { $0 == 0x20 }) < longest else { return false }
        return contains(SpokenWords(text))
    }

    private func contains(_ said: SpokenWords) -> Bool {
        let core = said.words.drop { Self.polite.contains($0) }.reversed()
            .drop { Self.polite.contains($0) }.reversed()
        return phrases.contains(Array(core))
    }

    static let polite: Set<String> = [
        "please", "bitte", "por", "favor", "s'il", "te", "vous", "plaît", "per", "favore", "alsjeblieft",
        "ok",
        "okay",
    ]
}
