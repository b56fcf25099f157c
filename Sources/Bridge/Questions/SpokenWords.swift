/// What somebody said, as words to compare: lower case, without punctuation at their edges.
struct SpokenWords: Hashable {
    private(set) var words: [String] = []

    init(_ text: some StringProtocol) {
        let plain = text.utf8.allSatisfy { $0 < 0x80 } ? String(text) : String(text).replacing("’", with: "'")
        // "Files/folders" are two words.
        for word in plain.utf8.split(whereSeparator: {
            $0 == 0x20 || (0x09...0x0D).contains($0) || $0 == UInt8(ascii: "/")
        }) {
            add(Substring(word))
        }
    }

    /// Most words are letters of ASCII, for which no table of Unicode is needed.
    private mutating func add(_ word: Substring) {
        let isPlain = word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) }
        if isPlain { return words.append(word.lowercased()) }
        let core = word.drop { !$0.isWordCharacter }.reversed().drop { !$0.isWordCharacter }.reversed()
        if !core.isEmpty { words.append(String(core).lowercased()) }
    }

    /// Where the words of a phrase begin.
    func firstIndex(of phrase: [String]) -> Int? {
        guard !phrase.isEmpty, words.count >= phrase.count else { return nil }
        return (0...(words.count - phrase.count)).first { words[$0...].starts(with: phrase) }
    }
}

extension Character {
    fileprivate var isWordCharacter: Bool { isLetter || isNumber }
}
