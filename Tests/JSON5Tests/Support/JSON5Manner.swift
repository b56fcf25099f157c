/// How one random text is written.
struct JSON5Manner {
    enum Layout: CaseIterable { case compact, spaced, padded, lines, linesWithLeadingCommas }

    var layout = Layout.spaced
    var lineEnd = "\n"
    var indentation = "  "
    var quote: Character = "\""
    var hasBareKeys = false
    var hasTrailingCommas = false
    /// How many of a hundred places hold other white space or a comment.
    var disorder = 0

    init() {}

    init(using random: inout SeededGenerator) {
        layout = Layout.allCases.randomElement(using: &random) ?? .spaced
        lineEnd = ["\n", "\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        indentation = ["  ", "    ", "\t", " ", ""].randomElement(using: &random) ?? "  "
        quote = Bool.random(using: &random) ? "\"" : "'"
        hasBareKeys = Bool.random(using: &random)
        hasTrailingCommas = Bool.random(using: &random)
        disorder = [0, 5, 20, 60].randomElement(using: &random) ?? 0
    }
}
