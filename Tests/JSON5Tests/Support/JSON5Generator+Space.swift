extension JSON5Generator {
    /// Where white space may stand.
    enum Place { case outside, afterOpening, beforeItem, beforeComma, beforeClosing, beforeColon, afterColon }

    mutating func space(_ place: Place) {
        if chance(manner.disorder) { return disorder() }
        switch (manner.layout, place) {
        case (_, .outside), (_, .beforeColon), (.compact, _): break
        case (_, .afterColon): text += " "
        case (.lines, .beforeComma): break
        case (.linesWithLeadingCommas, .beforeItem): text += " "
        case (.lines, _), (.linesWithLeadingCommas, _): line()
        case (_, .beforeItem): text += " "
        case (.padded, .afterOpening), (.padded, .beforeClosing): text += " "
        case (.spaced, _), (.padded, _): break
        }
    }

    /// The end of a line, at times behind a comment, and the blanks of the next one.
    private mutating func line() {
        if chance(manner.disorder / 2 + 3) { text += " " + comment("// ") }
        text += manner.lineEnd
        text += String(repeating: manner.indentation, count: level)
    }

    private mutating func disorder() {
        repeat {
            switch number(below: 12) {
            case 0: break
            case 1: text += " "
            case 2: text += "\t"
            case 3: text += manner.lineEnd
            case 4: text += pick(["\n", "\r", "\r\n"])
            case 5:
                text += pick(["\u{A0}", "\u{FEFF}", "\u{2028}", "\u{2029}", "\u{3000}", "\u{B}", "\u{C}"])
            case 6, 7:
                text += comment("//") + pick(["", " "]) + pick([manner.lineEnd, "\n", "\r", "\u{2028}"])
            case 8: text += comment("/* ") + manner.lineEnd + " */"
            case 9: text += manner.lineEnd + String(repeating: manner.indentation, count: level)
            case 10: text += " " + comment("/*") + "*/ "
            default: text += comment("/*") + "*/"
            }
        } while chance(40)
    }

    /// Comments hold what would count outside of them.
    private mutating func comment(_ opening: String) -> String {
        comments += 1
        return opening + pick(["", "é ", "[", "'", "\"", "} ", ",", "/* ", "// ", "\\", "**"])
            + "c\(comments)"
    }
}
