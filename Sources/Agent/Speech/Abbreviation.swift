/// Full stops that end a word and not a sentence.
enum Abbreviation {
    private static let usual: Set<String> = [
        // English
        "dr", "mr", "mrs", "ms", "prof", "st", "sr", "jr", "vs", "approx", "dept", "est", "gen", "sen", "rep",
        "capt", "lt", "col", "ave", "blvd", "mt", "ft", "e.g", "i.e", "ph.d",
        // German, Spanish, French, Italian, Portuguese, Dutch
        "bzw", "ca", "evtl", "ggf", "hr", "fr", "z.b", "d.h", "u.a", "sra", "srta", "dra", "dott", "sig",
        "mme",
        "dhr", "mevr", "bijv", "pág",
    ]
    /// Those that have a number behind them.
    private static let beforeNumbers: Set<String> = [
        "no", "nr", "n", "fig", "p", "pp", "vol", "art", "sec", "ch", "tel", "ext", "jan", "feb", "mar",
        "apr",
        "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez",
    ]

    /// - Parameters:
    ///   - text: up to the full stop.
    ///   - next: what follows behind the blanks.
    static func endsWord(_ text: ArraySlice<Unicode.Scalar>, next: Unicode.Scalar?) -> Bool {
        let scalars = text.suffix(12).reversed().prefix {
            $0.properties.isAlphabetic || $0 == "." || ("0"..."9").contains($0)
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars.reversed())
        let word = String(view).lowercased()
        // "17:42" and "x-ray" are no words of two digits or one letter.
        let isWhole = text.dropLast(scalars.count).last.map {
            $0.properties.isWhitespace || "(\"'".unicodeScalars.contains($0)
        }
        guard !word.isEmpty, isWhole ?? true else { return false }
        // Ordinals, list numbers: "3. November", "1. First".
        if word.unicodeScalars.count <= 2, word.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }) {
            return next != nil
        }
        // Initials.
        if word.unicodeScalars.count == 1 { return true }
        if usual.contains(word) { return true }
        let isNumber = next.map { ("0"..."9").contains($0) } ?? true
        return isNumber && beforeNumbers.contains(word)
    }
}

extension Unicode.Scalar {
    /// A letter of a script with capitals.
    var isCased: Bool { properties.isUppercase || properties.isLowercase }
}
