/// Whether two texts are the same words: the history cuts texts, masks keys in them and has other blanks and markup than the
/// answer of a call (shared/spec/gateway.md B7).
enum Wording {
    /// Whether a row of the history is this answer. Where the row has no mask and no cut every letter and digit counts: an
    /// older answer may differ in a single one.
    static func agree(_ answer: String, _ row: String) -> Bool {
        let whole = key(ControlTokens.strip(answer) ?? "")
        let uncut = row.replacing(/\n?…\(truncated\)….*$/, with: "…")
        let pieces = (ControlTokens.strip(uncut.replacing(/…redacted…|\*{3,}/, with: "…")) ?? "")
            .split(separator: "…", omittingEmptySubsequences: false).map { key(String($0)) }
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
            return whole == pieces.first ?? ""
        }
        // A mask hides a few words, and a cut all the rest.
        let length = pieces.reduce(0) { $0 + $1.count }
        guard whole.hasPrefix(first), whole.hasSuffix(last), uncut != row || length * 2 >= whole.count else {
            return false
        }
        var rest = whole[...]
        for piece in pieces where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// What a text sounds like.
    static func key(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
