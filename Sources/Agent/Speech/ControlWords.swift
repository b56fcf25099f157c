/// Words by which an agent and its gateway talk to each other inside an answer: each family of agents has its own. The
/// splitter keeps them in one piece, so that they can be taken out whole.
package struct ControlWords: Equatable, Sendable {
    /// In capitals.
    package let tokens: Set<String>
    /// Lines that begin so are not for a person.
    package let linePrefixes: [String]

    package static let none = ControlWords(tokens: [], linePrefixes: [])

    /// With the markup around it.
    private static let longestToken = 20

    package init(tokens: Set<String>, linePrefixes: [String]) {
        (self.tokens, self.linePrefixes) = (tokens, linePrefixes)
    }

    /// Whether a text is a token or may become one.
    func mayBeToken(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard !tokens.isEmpty, text.count <= Self.longestToken else { return false }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text.drop { "*_`".unicodeScalars.contains($0) })
        let start = String(view).uppercased()
        return tokens.contains { $0.hasPrefix(start) || start.hasPrefix($0) }
    }
}
