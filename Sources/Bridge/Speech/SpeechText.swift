/// Turns an agent's text into something to be spoken: every script stays as it is; markup, emoji and the
/// noise of URLs go. Control tokens must be gone already (``ControlTokens``).
package enum SpeechText {
    /// The longest text that the service is given, in UTF-16 units (shared/spec/clawdtalk.md).
    package static let maximumLength = 2_000

    /// The text for speech, at most ``maximumLength`` long; empty when nothing can be spoken.
    package static func make(from text: String) -> String { limited(cleaned(text)) }

    static func cleaned(_ text: String) -> String {
        if isPlain(text) { return text }
        var lines = SpeechLines()
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            lines.add(line)
        }
        let inline = InlineMarkup.removed(from: lines.joined())
        return collapsed(Emoji.removed(from: inline))
    }

    /// Most answers: one line of ASCII without a byte that could be markup, and no blanks to collapse.
    private static func isPlain(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first, first != 0x20, bytes.last != 0x20 else { return false }
            // A first digit or dash may begin a list; the rest of the line cannot.
            if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { return false }
            var previous: UInt8 = 0
            for byte in bytes {
                guard isPlainByte(byte), !(byte == 0x20 && previous == 0x20) else { return false }
                if byte == UInt8(ascii: "/"), previous == UInt8(ascii: "/") { return false }
                previous = byte
            }
            return true
        }
    }

    private static func isPlainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "#"), UInt8(ascii: "*"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["),
            UInt8(ascii: "\\"), UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"),
            UInt8(ascii: "~"), UInt8(ascii: "&"):
            false
        default: (0x20...0x7E).contains(byte)
        }
    }

    private static func collapsed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Cut at the end of a sentence where there is one, else of a word, else of a character.
    static func limited(_ text: String, to maximum: Int = maximumLength) -> String {
        guard text.utf16.count > maximum else { return text }
        var end = text.utf16.index(text.startIndex, offsetBy: maximum)
        while end > text.startIndex, !isCharacterBoundary(end, in: text) {
            end = text.utf16.index(before: end)
        }
        let head = text[..<end]
        if let sentence = endOfLastSentence(in: head, followedBy: text[end...].first) {
            return String(head[..<sentence])
        }
        if let blank = head.lastIndex(where: \.isWhitespace), blank > head.startIndex {
            return String(head[..<blank])
        }
        return String(head)
    }

    private static func isCharacterBoundary(_ index: String.Index, in text: String) -> Bool {
        index == text.endIndex
            || text[..<index].last.map { $0.utf16.count > 0 } == true && text.indices.contains(index)
    }

    private static func endOfLastSentence(in text: Substring, followedBy next: Character?) -> String.Index? {
        var follower = next
        for index in text.indices.reversed() {
            let character = text[index]
            let after = text.index(after: index)
            if "。！？｡".contains(character) { return after }
            if ".!?…؟۔।".contains(character), follower.map(\.isWhitespace) ?? true { return after }
            follower = character
        }
        return nil
    }
}
