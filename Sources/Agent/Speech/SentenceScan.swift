/// One search for the end of the first sentence in a text.
struct SentenceScan {
    private let text: [Unicode.Scalar]
    /// Nothing follows soon: the end of the text ends a sentence too.
    private let isQuiet: Bool
    private let words: ControlWords
    private var position = 0
    private var hasContent = false
    /// What is open and closes again keeps a sentence together, but not for long.
    private var openSince: Int?
    private var brackets = 0
    private var isBold = false
    private var isCode = false

    private static let longestOpen = 400
    /// Marks behind one another at most: a text of nothing but full stops must not be able to hold the loop.
    private static let longestEnd = 16

    init(_ text: [Unicode.Scalar], isQuiet: Bool, _ words: ControlWords) {
        (self.text, self.isQuiet, self.words) = (text, isQuiet, words)
    }

    /// Where the first sentence ends, behind the blanks that follow it; nil when that is not certain.
    mutating func firstEnd() -> Int? {
        var isLineStart = true
        while position < text.count {
            if isLineStart {
                switch startLine() {
                case .end(let end): return end
                case .undecided: return nil
                case .goesOn: break
                }
            }
            isLineStart = text[position] == "\n"
            if let end = step() { return end }
        }
        return nil
    }

    private enum LineStart {
        case end(Int)
        case undecided
        case goesOn
    }

    private mutating func startLine() -> LineStart {
        switch LineKind(text[position...], words) {
        case .undecided: return .undecided
        case .text: return .goesOn
        case .blank: return hasContent ? .end(endOfBlanks(from: position)) : .goesOn
        case .block: return hasContent ? .end(position) : .goesOn
        case .whole(let end):
            if hasContent { return .end(position) }
            return end.map { .end($0) } ?? .undecided
        }
    }

    /// Takes one scalar. - Returns: the end of a sentence that ended with it.
    private mutating func step() -> Int? {
        let scalar = text[position]
        position += 1
        if scalar == "\n" { return nil }
        if !scalar.properties.isWhitespace { hasContent = true }
        note(scalar)
        guard Self.isEnd(scalar) || isQuiet && scalar == ":" else { return nil }
        return endOfSentence(at: position - 1)
    }

    private mutating func note(_ scalar: Unicode.Scalar) {
        let before = position >= 2 ? text[position - 2] : " "
        switch scalar {
        case "[", "(": brackets += 1
        case "]", ")": brackets = max(0, brackets - 1)
        case "`": isCode.toggle()
        case "*" where before == "*": isBold.toggle()
        default: break
        }
        let isOpen = brackets > 0 || isBold || isCode
        openSince = isOpen ? openSince ?? position : nil
    }

    private var isKeptTogether: Bool { openSince.map { position - $0 < Self.longestOpen } ?? false }

    // MARK: the end of a sentence

    private func endOfSentence(at mark: Int) -> Int? {
        var end = mark + 1
        while end < text.count, end - mark < Self.longestEnd,
            Self.isEnd(text[end]) || Self.closers.contains(text[end])
        {
            end += 1
        }
        let needsBlank = !Self.endsAlone.contains(text[mark])
        guard end < text.count else {
            return isQuiet && !isOpenBehind(mark, end) && !isAbbreviation(mark, next: nil) ? end : nil
        }
        guard !isOpenBehind(mark, end) else { return nil }
        guard text[end].properties.isWhitespace else { return needsBlank ? nil : end }
        if text[mark] == ":" { return nil }
        let next = endOfPictures(from: endOfBlanks(from: end))
        guard next < text.count else { return isQuiet && !isAbbreviation(mark, next: nil) ? next : nil }
        // A token may follow, and then this is the last sentence.
        guard isQuiet || !words.mayBeToken(text[next...]) else { return nil }
        return isAbbreviation(mark, next: text[next]) ? nil : next
    }

    /// Closing marks right behind the full stop close what was open: "**Done.** Next".
    private func isOpenBehind(_ mark: Int, _ end: Int) -> Bool {
        guard isKeptTogether else { return false }
        var scan = self
        while scan.position < end {
            scan.position += 1
            scan.note(text[scan.position - 1])
        }
        return scan.isKeptTogether
    }

    /// An emoji behind a sentence belongs to it.
    private func endOfPictures(from start: Int) -> Int {
        var end = start
        while end < text.count, Self.isPicture(text[end]) { end = endOfBlanks(from: end + 1) }
        return end
    }

    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmojiPresentation || scalar == "\u{FE0F}" || scalar == "\u{200D}"
            || scalar.properties.generalCategory == .otherSymbol
    }

    private func endOfBlanks(from start: Int) -> Int {
        text[start...].firstIndex { !$0.properties.isWhitespace } ?? text.count
    }

    private static let closers: Set<Unicode.Scalar> = [
        "\"", "'", "”", "’", "»", ")", "]", "*", "_", "`", "」", "』", "）", "】", "》",
    ]

    /// Of scripts without blanks.
    private static let endsAlone: Set<Unicode.Scalar> = ["。", "！", "？", "｡"]
    private static let ends: Set<Unicode.Scalar> = [
        ".", "!", "?", "…", "؟", "۔", "।", "॥", "።", "။", "។",
    ]

    static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
        ends.contains(scalar) || endsAlone.contains(scalar)
    }

    private func isAbbreviation(_ mark: Int, next: Unicode.Scalar?) -> Bool {
        guard text[mark] == "." else { return false }
        if let next, next.properties.isLowercase { return true }
        return Abbreviation.endsWord(text[..<mark], next: next)
    }
}
