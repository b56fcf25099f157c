/// Turns an agent's text into a plain text message: the marks of markdown go; addresses, emoji and lines stay. Control
/// tokens must be gone already (``ControlTokens``).
enum MessageText {
    /// At most `maximum` UTF-16 units, cut at the end of a sentence; empty when nothing is left.
    static func make(from text: String, maximum: Int = TextInstructions.maximumLength) -> String {
        var lines: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            guard let line = plain(line) else { continue }
            // One empty line parts paragraphs; more are noise.
            if !line.isEmpty || lines.last?.isEmpty == false { lines.append(line) }
        }
        let plain = InlineMarkup.removed(from: lines.joined(separator: "\n"), addresses: .kept)
        return SpeechText.limited(trimmed(plain), to: maximum)
    }

    /// A line without the marks of its block; nil when it was nothing else.
    private static func plain(_ line: Substring) -> String? {
        let content = line.drop(while: \.isWhitespace)
        if content.hasPrefix("```") || content.hasPrefix("~~~") || SpeechLines.isRule(content) { return nil }
        if let cells = SpeechLines.tableCells(content) { return cells }
        var rest = content
        while rest.first == ">" { rest = rest.dropFirst().drop(while: \.isWhitespace) }
        if let heading = SpeechLines.afterHeading(rest) { return trimmed(heading) }
        if let item = SpeechLines.afterBullet(rest) { return "- " + trimmed(item) }
        return trimmed(rest)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
