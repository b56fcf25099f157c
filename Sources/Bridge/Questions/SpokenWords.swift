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

    /// Most words are ASCII, for which no table of Unicode is needed.
    private mutating func add(_ word: Substring) {
        if word.utf8.allSatisfy({ $0 < 0x80 }) {
            guard let first = word.utf8.firstIndex(where: Self.isWordByte),
                let last = word.utf8.lastIndex(where: Self.isWordByte)
            else { return }
            return words.append(word[first...last].lowercased())
        }
        let core = word.drop { !$0.isWordCharacter }.reversed().drop { !$0.isWordCharacter }.reversed()
        if !core.isEmpty { words.append(String(core).lowercased()) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
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
