/// What a line of an agent's text is, judged by its beginning.
enum LineKind: Equatable {
    case text
    case blank
    /// A list item or a heading: what is before it ends.
    case block
    /// A line or a block of lines that is taken as a whole; its end, or nil when it has not come.
    case whole(end: Int?)
    /// More of the line decides.
    case undecided

    /// - Parameter text: from the line's beginning to the end of what there is.
    init(_ text: ArraySlice<Unicode.Scalar>, _ words: ControlWords) {
        let content = text.drop { $0 != "\n" && $0.properties.isWhitespace }
        guard let first = content.first else {
            self = .undecided
            return
        }
        switch first {
        case "\n": self = .blank
        case "{", "|", "#": self = .whole(end: Self.endOfLine(content))
        case "`", "~": self = Self.fence(content, first)
        case "-", "*", "+", "•", "‣", "◦":
            let second = content.dropFirst().first
            self = second.map { $0 == " " ? .block : .text } ?? .undecided
        case "0"..."9": self = Self.numbered(content)
        default: self = Self.control(content, words)
        }
    }

    private enum Match { case yes, maybe, no }

    private static func begins(_ text: ArraySlice<Unicode.Scalar>, _ prefix: String) -> Match {
        let scalars = prefix.unicodeScalars
        if text.starts(with: scalars) { return .yes }
        return text.count < scalars.count && scalars.starts(with: text) ? .maybe : .no
    }

    private static func control(_ text: ArraySlice<Unicode.Scalar>, _ words: ControlWords) -> LineKind {
        for prefix in words.linePrefixes {
            switch begins(text, prefix) {
            case .yes: return .whole(end: endOfLine(text))
            case .maybe: return .undecided
            case .no: continue
            }
        }
        return .text
    }

    private static func fence(_ text: ArraySlice<Unicode.Scalar>, _ mark: Unicode.Scalar) -> LineKind {
        switch begins(text, String(repeating: Character(mark), count: 3)) {
        case .yes: .whole(end: endOfFence(text, mark))
        case .maybe: .undecided
        case .no: .text
        }
    }

    /// `1. ` or `1) `.
    private static func numbered(_ text: ArraySlice<Unicode.Scalar>) -> LineKind {
        let rest = text.drop { ("0"..."9").contains($0) }
        guard text.count - rest.count <= 3 else { return .text }
        guard let mark = rest.first else { return .undecided }
        guard mark == "." || mark == ")" else { return .text }
        return rest.dropFirst().first.map { $0 == " " ? .block : .text } ?? .undecided
    }

    private static func endOfLine(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        text.firstIndex(of: "\n").map { $0 + 1 }
    }

    /// Behind the line that closes a fence.
    private static func endOfFence(_ text: ArraySlice<Unicode.Scalar>, _ mark: Unicode.Scalar) -> Int? {
        var rest = text
        while let end = endOfLine(rest) {
            rest = text[end...]
            if rest.prefix(3).count == 3, rest.prefix(3).allSatisfy({ $0 == mark }) { return endOfLine(rest) }
        }
        return nil
    }
}
