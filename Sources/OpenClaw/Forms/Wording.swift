/// Whether two texts are the same words: the history cuts texts, masks keys in them and has other blanks and markup than the
/// answer of a call (shared/spec/gateway.md B7).
enum Wording {
    /// Of the shorter text: what two texts have in common at their beginnings and ends. A mask takes out some words in the
    /// middle.
    private static let likeness = 0.6
    /// In letters and digits: of short texts, chance has too much in common.
    private static let leastLikeness = 24

    static func agree(_ one: String, _ other: String) -> Bool {
        let (one, other) = (key(one), key(other))
        guard !one.isEmpty, !other.isEmpty else { return one.isEmpty == other.isEmpty }
        if one.hasSuffix(other) || other.hasSuffix(one) { return true }
        let shorter = min(one.count, other.count)
        let beginning = zip(one, other).prefix { $0 == $1 }.count
        let end = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        let common = min(beginning + end, shorter)
        return common >= leastLikeness && Double(common) >= likeness * Double(shorter)
    }

    /// What a text sounds like.
    static func key(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
