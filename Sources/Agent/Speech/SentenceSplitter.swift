/// Takes finished sentences out of a text that comes in pieces.
///
/// A sentence is finished when the next one has begun, when its paragraph or list item is over, or when the text
/// pauses behind its full stop. In doubt two sentences stay one: that costs a moment, a torn one is heard.
package struct SentenceSplitter {
    private var pending: [Unicode.Scalar] = []

    private let words: ControlWords

    /// - Parameter words: that belong to no sentence.
    package init(_ words: ControlWords = .none) { self.words = words }

    /// Takes the next piece.
    ///
    /// A gateway writes what the agent says before and after a tool run one behind the other, without a blank: a
    /// piece that begins like a sentence behind the end of one, or after a pause, is another text.
    /// - Parameter pause: since the piece before.
    /// - Returns: the sentences that are finished now, with the blanks that follow them.
    package mutating func take(_ piece: String, afterPause pause: Duration = .zero) -> [String] {
        pending += seam(before: piece, pause)
        pending += piece.unicodeScalars
        return cut(isQuiet: false)
    }

    /// The text pauses: what ends like a sentence is one.
    package mutating func quiet() -> [String] { cut(isQuiet: true) }

    /// What is left, finished or not.
    package mutating func end() -> String {
        defer { pending = [] }
        return Self.text(pending[...])
    }

    /// Forgets what was not given out.
    package mutating func forget() { pending = [] }

    private mutating func cut(isQuiet: Bool) -> [String] {
        var sentences: [String] = []
        while true {
            var scan = SentenceScan(pending, isQuiet: isQuiet, words)
            guard let end = scan.firstEnd() else { return sentences }
            sentences.append(Self.text(pending[..<end]))
            pending.removeFirst(end)
        }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// Slow models pause for a moment between any two words.
    private static let certainPause = Duration.milliseconds(400)

    private func seam(before piece: String, _ pause: Duration) -> String.UnicodeScalarView {
        guard let last = pending.last, !last.properties.isWhitespace, Self.beginsWord(piece) else {
            return "".unicodeScalars
        }
        let endsSentence = last == ":" || SentenceScan.isEnd(last) && !endsInAbbreviation(last)
        let isSeam = endsSentence || pause >= Self.certainPause && last.isCased
        return (isSeam ? "\n\n" : "").unicodeScalars
    }

    /// With one capital, as sentences do: "Node." and "JS" are one name.
    private static func beginsWord(_ piece: String) -> Bool {
        let scalars = piece.unicodeScalars
        guard let first = scalars.first, first.properties.isUppercase else { return false }
        return scalars.dropFirst().first?.properties.isUppercase != true
    }

    private func endsInAbbreviation(_ last: Unicode.Scalar) -> Bool {
        last == "." && Abbreviation.endsWord(pending.dropLast(), next: "A")
    }
}
