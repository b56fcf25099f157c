/// Words of the command line that need no quotes.
struct Words {
    /// Joined; nil when there is nothing but blanks.
    let text: String?

    init(_ words: [String]) {
        let text = words.joined(separator: " ")
        self.text = text.allSatisfy(\.isWhitespace) ? nil : text
    }

    init(_ word: String?) { self.init(word.map { [$0] } ?? []) }

    /// - Throws: ``CommandFailure`` with `problem`, a line, when nothing is there.
    func required(_ problem: String) throws -> String {
        guard let text else { throw CommandFailure(.usage, problem) }
        return text
    }
}
