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
    /// How those begin, by ``slot(of:)``: most questions need not be taken apart.
    private var beginnings = [Bool](repeating: false, count: 1 << 10)
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
            beginnings[Self.slot(of: Array(word.utf8)[...])] = true
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

    /// False only when no word of the text is one that the lines know. Beyond ASCII nothing is said.
    private func mayBeSensitive(_ text: [UInt8]) -> Bool {
        var isInWord = false
        for (index, byte) in text.enumerated() {
            if byte >= 0x80 { return true }
            let wasInWord = isInWord
            isInWord = Self.isWordByte(byte)
            if isInWord, !wasInWord, beginnings[Self.slot(of: text[index...])], isKnown(text[index...]) {
                return true
            }
        }
        return false
    }

    /// Whether the first word of a text, which is ASCII as far as it goes, is one that the lines know.
    private func isKnown(_ text: ArraySlice<UInt8>) -> Bool {
        var word = text.prefix(while: Self.isInWord)
        while let last = word.last, !Self.isWordByte(last) { word = word.dropLast() }
        let name = String(decoding: word.map(ASCII.lowercased), as: UTF8.self)
        return commands[name] != nil || participles[name] != nil
    }

    private static func isInWord(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: "/") }

    /// A number below 1,024 for the first two bytes of a word in lower case, of which the second may be none of it.
    private static func slot(of word: ArraySlice<UInt8>) -> Int {
        func value(_ byte: UInt8?) -> Int { byte.flatMap { isWordByte($0) ? Int($0 & 0x1F) : nil } ?? 0 }
        return value(word.first) << 5 | value(word.dropFirst().first)
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
