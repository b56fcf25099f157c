import Wire

/// Which requests need the owner's yes, by English verbs with their objects, as whole words.
///
/// A line is a verb and the objects that make it sensitive: `delete: file, repository`. A request is sensitive when
/// a verb stands in front of one of its objects in a sentence ("delete all my files"), or when somebody wants the
/// object so ("have the repository deleted"). Objects also count in the plural.
package struct SensitiveRequests: Equatable, Sendable {
    private var lines: [SensitiveLine] = []
    /// By the first word of the verb, and by the participle.
    private var commands: [String: [SensitiveLine]] = [:]
    private var participles: [String: [SensitiveLine]] = [:]
    /// How each of those begins: most questions need not be taken apart.
    private var beginnings: Set<UInt32> = []
    /// Rules that could not be read.
    package private(set) var unreadable: [String] = []

    /// Words between a verb and its object at most.
    private static let reach = 7
    private static let sentenceEnds = Set(".!?;".utf8)
    /// As transcripts write it.
    private static let money = ["$": " dollar ", "€": " euro ", "£": " pound "]
    private static let wishes: Set<String> = ["have", "get", "want", "need", "like"]

    /// - Parameter rules: lines to add (`unlock: door, gate`), and verbs to take out (`-send`).
    package init(rules: [String] = []) {
        lines = Self.standard
        for rule in rules { apply(rule) }
        for line in lines {
            commands[line.verb[0], default: []].append(line)
            if let participle = line.participle { participles[participle, default: []].append(line) }
        }
        for word in [String](commands.keys) + participles.keys {
            beginnings.insert(Self.beginning(ArraySlice(word.utf8)))
        }
    }

    package func isSensitive(_ text: String) -> Bool {
        guard mayBeSensitive(Array(text.utf8)) else { return false }
        return sentences(of: text).contains { isSensitive(sentence: SpokenWords($0).words) }
    }

    /// A mark ends a sentence in front of a blank only: "2.50 dollars" is one.
    private func sentences(of text: String) -> [String] {
        let text =
            text.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 >= 0x80 })
            ? Self.money.reduce(text) { $0.replacing($1.key, with: $1.value) } : text
        let bytes = Array(text.utf8)
        var sentences: [String] = []
        var start = 0
        for index in bytes.indices where Self.sentenceEnds.contains(bytes[index]) {
            guard index + 1 == bytes.count || bytes[index + 1] <= 0x20 else { continue }
            sentences.append(String(decoding: bytes[start..<index], as: UTF8.self))
            start = index + 1
        }
        return sentences + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    private mutating func apply(_ rule: String) {
        if rule.hasPrefix("-") {
            let verb = SpokenWords(rule.dropFirst().prefix { $0 != ":" }).words
            lines.removeAll { $0.verb == verb }
        } else if let line = SensitiveLine(rule) {
            lines.append(line)
        } else {
            unreadable.append(rule)
        }
    }

    private func isSensitive(sentence words: [String]) -> Bool {
        words.indices.contains { position in
            hasCommand(words, at: position) || hasWish(words, at: position)
        }
    }

    /// False only when no word of the text can be one that the lines know. Beyond ASCII nothing is said.
    private func mayBeSensitive(_ text: [UInt8]) -> Bool {
        var isInWord = false
        for (index, byte) in text.enumerated() {
            if byte >= 0x80 { return true }
            let wasInWord = isInWord
            isInWord = Self.isWordByte(byte)
            if isInWord, !wasInWord, beginnings.contains(Self.beginning(text[index...])) { return true }
        }
        return false
    }

    /// Up to three bytes in lower case, without what is no letter or digit at their end.
    private static func beginning(_ word: ArraySlice<UInt8>) -> UInt32 {
        var bytes = word.prefix(3)
        if let end = bytes.firstIndex(where: { $0 <= 0x20 || $0 == UInt8(ascii: "/") }) {
            bytes = bytes[..<end]
        }
        while let last = bytes.last, last < 0x80, !isWordByte(last) { bytes = bytes.dropLast() }
        return bytes.reduce(0) { $0 << 8 | UInt32(ASCII.lowercased($1)) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }

    /// "delete … files"
    private func hasCommand(_ words: [String], at position: Int) -> Bool {
        (commands[words[position]] ?? []).contains { line in
            words[position...].starts(with: line.verb)
                && line.hasObject(in: words[(position + line.verb.count)...].prefix(Self.reach))
        }
    }

    /// "have … files … deleted"
    private func hasWish(_ words: [String], at position: Int) -> Bool {
        guard let lines = participles[words[position]] else { return false }
        let before = words[..<position].suffix(Self.reach + 1)
        guard let wish = before.lastIndex(where: Self.wishes.contains) else { return false }
        return lines.contains { $0.hasObject(in: words[(wish + 1)..<position]) }
    }

    private static let standard = SensitiveTable.lines.compactMap { SensitiveLine($0) }
}
